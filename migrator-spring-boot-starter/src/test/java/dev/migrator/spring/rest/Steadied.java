package dev.migrator.spring.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.restdocs.operation.OperationRequest;
import org.springframework.restdocs.operation.OperationRequestFactory;
import org.springframework.restdocs.operation.OperationResponse;
import org.springframework.restdocs.operation.OperationResponseFactory;
import org.springframework.restdocs.operation.preprocess.OperationPreprocessor;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was sent and answered, with the same value in place of each that is another one in every run: times, ids, processes.
 * What is there, and of what type, stays as it was. It is laid out to be read.
 */
final class Steadied implements OperationPreprocessor {

    private static final List<String> REQUEST_HEADERS =
            List.of(HttpHeaders.ACCEPT, HttpHeaders.CONTENT_TYPE, HttpHeaders.AUTHORIZATION);
    private static final List<String> RESPONSE_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE);

    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("instance", "web-1, pid 4711, bookshop"),
            Map.entry("runId", "5f8a3c52-0d1e-4b7a-9c36-2f4e8d7b1a60"),
            Map.entry("startedAt", "2026-11-21T09:49:25.810731Z"),
            Map.entry("timestamp", "2026-11-21T09:49:25.810Z"),
            Map.entry("durationMs", 12),
            Map.entry("elapsedMs", 74000),
            Map.entry("phaseMs", 75000),
            Map.entry("statementMs", 74000),
            Map.entry("estimateMs", 90000),
            Map.entry("ageMs", 180000),
            Map.entry("ms", 74000),
            Map.entry("pid", 4712));

    private static final int PAGE_LINES = 4;

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Spacing.AFTER)
                            .withArrayEmptySeparator("")
                            .withObjectEmptySeparator(""))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private final Map<String, String> places;

    /**
     * Makes one.
     *
     * @param places texts that are others in every run, and what stands in their places
     */
    Steadied(Map<String, String> places) {
        this.places = places;
    }

    @Override
    public OperationRequest preprocess(OperationRequest request) {
        HttpHeaders headers = only(REQUEST_HEADERS, request.getHeaders());
        String login = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (login != null) {
            String known =
                    new String(Base64.getDecoder().decode(login.substring("Basic ".length())), StandardCharsets.UTF_8);
            headers.setBasicAuth(known.substring(0, known.indexOf(':')), "secret");
        }
        return new OperationRequestFactory().createFrom(request, headers);
    }

    @Override
    public OperationResponse preprocess(OperationResponse response) {
        OperationResponseFactory factory = new OperationResponseFactory();
        HttpHeaders headers = only(RESPONSE_HEADERS, response.getHeaders());
        return factory.createFrom(factory.createFrom(response, body(response)), headers);
    }

    private static HttpHeaders only(List<String> names, HttpHeaders all) {
        HttpHeaders kept = new HttpHeaders();
        names.forEach(name -> all.getOrEmpty(name).forEach(value -> kept.add(name, value)));
        // the order in which a server lists them is its own affair
        if (kept.containsHeader(HttpHeaders.ALLOW)) {
            kept.set(
                    HttpHeaders.ALLOW,
                    String.join(
                            ",",
                            new TreeSet<>(
                                    List.of(kept.getFirst(HttpHeaders.ALLOW).split(",")))));
        }
        return kept;
    }

    private byte[] body(OperationResponse response) {
        String body = response.getContentAsString();
        MediaType type = response.getHeaders().getContentType();
        if (body.isEmpty() || type == null) {
            return response.getContent();
        }
        String steady = type.isCompatibleWith(MediaType.TEXT_HTML) ? beginning(body) : steady(JSON.readTree(body));
        return steady.getBytes(StandardCharsets.UTF_8);
    }

    private static String beginning(String page) {
        return String.join("\n", page.lines().limit(PAGE_LINES).toList()) + "\n…";
    }

    private String steady(JsonNode answer) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(steadied(answer));
    }

    private JsonNode steadied(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> object.set(name, steadied(name, object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, steadied(array.get(i)));
            }
        } else if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(steadied(node.asString()));
        }
        return node;
    }

    private JsonNode steadied(String name, JsonNode value) {
        Object steady = VALUES.get(name);
        if (steady instanceof String text && value.isString()) {
            return JsonNodeFactory.instance.stringNode(text);
        }
        return steady instanceof Integer number && value.isNumber()
                ? JsonNodeFactory.instance.numberNode(number)
                : steadied(value);
    }

    private String steadied(String text) {
        String steady = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            steady = steady.replace(place.getKey(), place.getValue());
        }
        return steady.replaceAll("\\bpid \\d+", "pid 4712").replaceAll("for \\d+ (s|ms|min)\\b", "for 3 min");
    }
}
