package dev.migrator.spring.rest;

import static org.springframework.restdocs.operation.preprocess.Preprocessors.modifyUris;
import static org.springframework.restdocs.operation.preprocess.Preprocessors.preprocessRequest;
import static org.springframework.restdocs.operation.preprocess.Preprocessors.preprocessResponse;
import static org.springframework.restdocs.payload.PayloadDocumentation.responseFields;
import static org.springframework.restdocs.webtestclient.WebTestClientRestDocumentation.document;
import static org.springframework.restdocs.webtestclient.WebTestClientRestDocumentation.documentationConfiguration;

import dev.migrator.spring.test.RunningApplication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.restdocs.ManualRestDocumentation;
import org.springframework.restdocs.cli.CliDocumentation;
import org.springframework.restdocs.http.HttpDocumentation;
import org.springframework.restdocs.operation.preprocess.OperationPreprocessor;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.snippet.Snippet;
import org.springframework.restdocs.templates.TemplateFormats;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Asks applications over the network, and has Spring REST Docs write down what was asked and answered. */
final class Documentation implements AutoCloseable {

    static final String PATH = "/actuator/migrations";

    private final ManualRestDocumentation context;
    private final OperationPreprocessor uris =
            modifyUris().scheme("http").host("localhost").port(8080);
    private final OperationPreprocessor steadied;
    private final Set<String> seen = new TreeSet<>();

    /**
     * Begins it.
     *
     * @param folder where it is written, a folder for each request
     * @param places texts that are others in every run, and what stands in their places
     */
    Documentation(Path folder, Map<String, String> places) {
        this.context = new ManualRestDocumentation(folder.toString());
        this.steadied = new Steadied(places);
        context.beforeTest(Documentation.class, "rest");
    }

    /** Names of headers and their values, by turns. */
    record Request(HttpMethod method, String path, @Nullable String body, List<String> headers) {

        static Request get(String path, String... headers) {
            return new Request(HttpMethod.GET, PATH + path, null, List.of(headers));
        }

        static Request operation(String operation, String... headers) {
            return post("{\"operation\": \"" + operation + "\"}", headers);
        }

        static Request post(@Nullable String body, String... headers) {
            return new Request(HttpMethod.POST, PATH, body, List.of(headers));
        }
    }

    /**
     * Asks.
     *
     * @param name under which it is written down
     * @param status that must be answered
     * @param fields all that the answer may have; empty for an answer that is no JSON
     */
    void ask(RunningApplication app, String name, Request request, int status, List<FieldDescriptor> fields)
            throws Exception {
        WebTestClient.RequestBodySpec spec =
                client(app).method(request.method()).uri(request.path());
        for (int i = 0; i < request.headers().size(); i += 2) {
            spec.header(request.headers().get(i), request.headers().get(i + 1));
        }
        if (request.method() == HttpMethod.POST) {
            spec.contentType(MediaType.APPLICATION_JSON);
        }
        if (request.body() != null) {
            spec.bodyValue(request.body());
        }
        byte[] answer = spec.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .consumeWith(document(
                        name,
                        preprocessRequest(uris, steadied),
                        preprocessResponse(steadied),
                        fields.isEmpty() ? new Snippet[0] : new Snippet[] {responseFields(fields)}))
                .returnResult()
                .getResponseBody();
        if (!fields.isEmpty() && answer != null) {
            JsonPaths.collect(JsonMapper.shared().readTree(new String(answer, StandardCharsets.UTF_8)), seen);
        }
    }

    /** The fields that any answer has had, as Spring REST Docs calls them. */
    Set<String> seen() {
        return seen;
    }

    private WebTestClient client(RunningApplication app) throws Exception {
        return WebTestClient.bindToServer(new JdkClientHttpConnector())
                .baseUrl(app.url(""))
                .responseTimeout(Duration.ofSeconds(10))
                .filter(documentationConfiguration(context)
                        .snippets()
                        .withEncoding("UTF-8")
                        .withTemplateFormat(TemplateFormats.markdown())
                        .withDefaults(CliDocumentation.curlRequest(), HttpDocumentation.httpResponse()))
                .build();
    }

    @Override
    public void close() {
        context.afterTest();
    }
}
