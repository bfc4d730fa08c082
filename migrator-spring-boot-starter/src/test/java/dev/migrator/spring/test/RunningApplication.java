package dev.migrator.spring.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** A real application on real ports, which a test may ask while it starts. */
public final class RunningApplication implements AutoCloseable {

    /** Spring Security is on the tests' class path, and secures whatever does not say otherwise. */
    static final String UNSECURED = "spring.autoconfigure.exclude="
            + Stream.of(
                            "SecurityAutoConfiguration",
                            "UserDetailsServiceAutoConfiguration",
                            "ReactiveUserDetailsServiceAutoConfiguration",
                            "web.servlet.SecurityFilterAutoConfiguration",
                            "web.servlet.ServletWebSecurityAutoConfiguration",
                            "web.reactive.ReactiveWebSecurityAutoConfiguration",
                            "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                            "actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration")
                    .map("org.springframework.boot.security.autoconfigure."::concat)
                    .collect(Collectors.joining(","));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> managementPort = new CompletableFuture<>();
    private final CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    private volatile ConfigurableApplicationContext context;
    private final Hold hold;

    private RunningApplication(Hold hold) {
        this.hold = hold;
    }

    public static Start of(Class<?>... sources) {
        return new Start(sources);
    }

    /** How the application is started. */
    public static final class Start {
        private final Class<?>[] sources;
        private final List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                UNSECURED,
                "migrator.connect.timeout=0",
                "spring.main.banner-mode=off",
                "spring.jmx.enabled=false",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "management.endpoint.health.probes.enabled=true",
                "spring.datasource.hikari.maximum-pool-size=4"));
        private final List<ApplicationContextInitializer<ConfigurableApplicationContext>> initializers =
                new ArrayList<>();
        private WebApplicationType type = WebApplicationType.SERVLET;
        private Hold hold;

        private Start(Class<?>... sources) {
            this.sources = sources;
        }

        public Start web(WebApplicationType value) {
            this.type = value;
            return this;
        }

        public Start database(String url) {
            return with("spring.datasource.url=" + url);
        }

        public Start with(String... values) {
            properties.addAll(List.of(values));
            return this;
        }

        /** With Spring Security as it configures itself, and what the sources say of it. */
        public Start secured() {
            properties.remove(UNSECURED);
            return this;
        }

        public Start held(Hold value) {
            this.hold = value;
            return initialized(ctx -> ctx.getBeanFactory().registerSingleton("hold", value));
        }

        public Start initialized(ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
            initializers.add(initializer);
            return this;
        }

        /**
         * Starts it on a thread of its own, and returns as soon as its logging is set up: of two that set it up at once, one
         * fails, for a JVM has but one.
         */
        public RunningApplication start() {
            RunningApplication running = new RunningApplication(hold);
            ApplicationListener<WebServerInitializedEvent> ports =
                    event -> ("management".equals(event.getApplicationContext().getServerNamespace())
                                    ? running.managementPort
                                    : running.port)
                            .complete(event.getWebServer().getPort());
            SpringApplicationBuilder builder = new SpringApplicationBuilder(sources)
                    .web(type)
                    .properties(properties.toArray(String[]::new))
                    .listeners(ports)
                    .initializers(ctx -> {
                        running.context = ctx;
                        running.prepared.complete(null);
                    });
            initializers.forEach(builder::initializers);
            Thread thread = new Thread(
                    () -> {
                        try {
                            running.started.complete(builder.run());
                        } catch (Throwable ex) {
                            running.started.completeExceptionally(ex);
                            running.port.completeExceptionally(ex);
                        } finally {
                            running.prepared.complete(null);
                        }
                    },
                    "application");
            thread.setDaemon(true);
            thread.start();
            running.prepared.orTimeout(2, TimeUnit.MINUTES).join();
            return running;
        }
    }

    public RunningApplication awaitMigration() throws Exception {
        port.get(60, TimeUnit.SECONDS);
        hold.awaitBegun();
        return this;
    }

    public ConfigurableApplicationContext awaitStarted() throws Exception {
        return started.get(60, TimeUnit.SECONDS);
    }

    /** Why it did not start. */
    public Throwable awaitFailure() throws InterruptedException, TimeoutException {
        try {
            started.get(60, TimeUnit.SECONDS);
            throw new IllegalStateException("it started");
        } catch (ExecutionException ex) {
            return ex.getCause();
        }
    }

    public boolean isStarted() {
        return started.isDone();
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Where a browser finds this path. */
    public String url(String path) throws Exception {
        return "http://localhost:" + port.get(60, TimeUnit.SECONDS) + path;
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", port.get(60, TimeUnit.SECONDS), path, headers);
    }

    public HttpResponse<String> head(String path) throws Exception {
        return send("HEAD", port.get(60, TimeUnit.SECONDS), path);
    }

    public HttpResponse<String> getManagement(String path, String... headers) throws Exception {
        return send("GET", managementPort.get(60, TimeUnit.SECONDS), path, headers);
    }

    /** Where the actuator answers: on a port of its own, or the application's. */
    public URI actuator(String path) throws Exception {
        int to = (managementPort.isDone() ? managementPort : port).get(60, TimeUnit.SECONDS);
        return URI.create("http://localhost:" + to + path);
    }

    /** Sends a body of that type to the actuator; again where that is not answered. */
    public HttpResponse<String> post(String path, String type, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(actuator(path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sendUntilAnswered(request.build());
    }

    /** Sends to the actuator what has neither body nor type. */
    public HttpResponse<String> postNothing(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(actuator(path))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return sendUntilAnswered(request);
    }

    private HttpResponse<String> send(String method, int to, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + to + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sendUntilAnswered(request.build());
    }

    /**
     * With several reactive applications in one JVM, Boot's reactive endpoints leave a request unanswered now and
     * then, also where nothing migrates: such a request is repeated.
     */
    private HttpResponse<String> sendUntilAnswered(HttpRequest request) throws IOException, InterruptedException {
        HttpTimeoutException last = new HttpTimeoutException("never sent");
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (HttpTimeoutException ex) {
                last = ex;
            }
        }
        throw last;
    }

    @Override
    public void close() {
        if (hold != null) {
            hold.release();
        }
        try {
            started.get(60, TimeUnit.SECONDS).close();
        } catch (Exception ex) {
            if (context != null) {
                context.close();
            }
        }
    }
}
