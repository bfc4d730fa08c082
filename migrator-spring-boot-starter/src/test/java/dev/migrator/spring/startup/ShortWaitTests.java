package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.web.ExemptPaths;
import dev.migrator.spring.web.HoldOff;
import dev.migrator.spring.web.reactive.HoldOffWebFilter;
import dev.migrator.spring.web.servlet.HoldOffFilter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** Most starts have nothing to do, and a request that comes shortly before they are over need not be sent away. */
class ShortWaitTests {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final MigrationGate gate = MigrationGate.closed();

    /** A request to a servlet container, on a thread of its own. */
    private static final class ServletRequest {

        private final HoldOffFilter filter;
        private final MockHttpServletResponse response = new MockHttpServletResponse();
        private final MockFilterChain chain = new MockFilterChain();
        private final Thread thread = new Thread(this::send, "request");

        ServletRequest(HoldOff holdOff) {
            this.filter = new HoldOffFilter(holdOff);
            thread.setDaemon(true);
            thread.start();
        }

        private void send() {
            try {
                filter.doFilter(new MockHttpServletRequest("GET", "/hello"), response, chain);
            } catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        }

        boolean isLetThrough() {
            return chain.getRequest() != null;
        }

        void awaitEnd() throws InterruptedException {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private HoldOff holdOff(Duration patience) {
        return new HoldOff(gate, patience, Duration.ofSeconds(5), ExemptPaths::none);
    }

    private ServletRequest waiting() {
        ServletRequest request = new ServletRequest(holdOff(LONG));
        await().until(() -> request.thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(request.isLetThrough()).isFalse();
        return request;
    }

    @Test
    void aServletRequestGoesOnWhenTheGateOpens() throws Exception {
        ServletRequest request = waiting();

        gate.open();

        request.awaitEnd();
        assertThat(request.isLetThrough()).isTrue();
    }

    @Test
    void aServletRequestIsSentAwayWhenTheStartFails() throws Exception {
        ServletRequest request = waiting();

        gate.fail(new IllegalStateException());

        request.awaitEnd();
        assertThat(request.isLetThrough()).isFalse();
        assertThat(request.response.getStatus()).isEqualTo(503);
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void aServletRequestThatIsInterruptedIsSentAway() throws Exception {
        ServletRequest request = waiting();

        request.thread.interrupt();

        request.awaitEnd();
        assertThat(request.response.getStatus()).isEqualTo(503);
    }

    @Test
    void theFirstRequestBeginsTheTimeForAll() throws Exception {
        HoldOff holdOff = holdOff(SHORT);
        ServletRequest first = new ServletRequest(holdOff);
        first.awaitEnd();
        assertThat(first.response.getStatus()).isEqualTo(503);

        assertThat(holdOff.overSoon()).isNull();
        ServletRequest next = new ServletRequest(holdOff);
        next.awaitEnd();
        assertThat(next.response.getStatus()).isEqualTo(503);
    }

    @Test
    void nobodyWaitsWhereThereIsNoTimeForIt() {
        assertThat(holdOff(Duration.ZERO).overSoon()).isNull();
        assertThat(holdOff(Duration.ofSeconds(-1)).isOverSoon()).isFalse();
    }

    private record Reactive(MockServerWebExchange exchange, CompletableFuture<Boolean> letThrough) {

        CompletableFuture<Void> sendTo(HoldOff holdOff) {
            return new HoldOffWebFilter(holdOff, new StaticApplicationContext())
                    .filter(exchange, ignored -> Mono.fromRunnable(() -> letThrough.complete(true)))
                    .toFuture();
        }

        static Reactive request() {
            return new Reactive(
                    MockServerWebExchange.from(MockServerHttpRequest.get("/hello")), new CompletableFuture<>());
        }
    }

    @Test
    void aReactiveRequestGoesOnWhenTheGateOpens() throws Exception {
        Reactive request = Reactive.request();
        CompletableFuture<Void> answered = request.sendTo(holdOff(LONG));
        assertThat(answered).isNotDone();

        gate.open();

        answered.get(60, TimeUnit.SECONDS);
        assertThat(request.letThrough()).isCompletedWithValue(true);
    }

    @Test
    void aReactiveRequestThatIsGivenUpLeavesTheGateAsItIs() {
        CompletableFuture<Void> answered = Reactive.request().sendTo(holdOff(LONG));

        answered.cancel(true);

        assertThat(gate.isOpen()).isFalse();
        gate.open();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void aReactiveRequestIsSentAwayWhenTheTimeIsOver() throws Exception {
        HoldOff holdOff = holdOff(SHORT);
        Reactive first = Reactive.request();
        first.sendTo(holdOff).get(60, TimeUnit.SECONDS);
        assertThat(first.exchange().getResponse().getStatusCode().value()).isEqualTo(503);

        Reactive next = Reactive.request();
        assertThat(next.sendTo(holdOff)).isDone();
        assertThat(next.exchange().getResponse().getStatusCode().value()).isEqualTo(503);
        assertThat(next.letThrough()).isNotDone();
    }
}
