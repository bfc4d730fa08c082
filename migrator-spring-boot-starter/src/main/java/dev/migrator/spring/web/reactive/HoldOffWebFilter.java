package dev.migrator.spring.web.reactive;

import dev.migrator.spring.web.HeldOffResponse;
import dev.migrator.spring.web.HoldOff;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.webflux.filter.OrderedWebFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Holds requests off until the gate opens. */
public final class HoldOffWebFilter implements OrderedWebFilter {

    /** As on servlets: before all that could answer a request or use the schema. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    private final HoldOff holdOff;
    private final ApplicationContext context;

    public HoldOffWebFilter(HoldOff holdOff, ApplicationContext context) {
        this.holdOff = holdOff;
        this.context = context;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return holdOff.isOver() || isManagement(exchange) || isLetThrough(exchange.getRequest())
                ? chain.filter(exchange)
                : unlessSoon(exchange, chain);
    }

    /** Goes on in a thread of another's: the one that opens the gate has an application to start. */
    private Mono<Void> unlessSoon(ServerWebExchange exchange, WebFilterChain chain) {
        CompletableFuture<Boolean> soon = holdOff.overSoon();
        return soon == null
                ? holdOff(exchange)
                : Mono.fromFuture(soon)
                        .publishOn(Schedulers.boundedElastic())
                        .flatMap(over -> over ? chain.filter(exchange) : holdOff(exchange));
    }

    /** A management server on a port of its own has a context of its own, and uses its parent's filters. */
    private boolean isManagement(ServerWebExchange exchange) {
        ApplicationContext asked = exchange.getApplicationContext();
        return asked != null && asked != context;
    }

    private boolean isLetThrough(ServerHttpRequest request) {
        String path = request.getPath().pathWithinApplication().value();
        return holdOff.lets(path, path);
    }

    private Mono<Void> holdOff(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        HeldOffResponse answer =
                holdOff.answer(String.join(",", request.getHeaders().getValuesAsList("Accept")));
        response.setStatusCode(HttpStatusCode.valueOf(HeldOffResponse.STATUS));
        answer.headers().forEach(response.getHeaders()::set);
        return HttpMethod.HEAD.equals(request.getMethod())
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
