package dev.migrator.spring.rest;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which fields an answer has, as {@code contexts.*.migrators.*.migrations[].script}. */
final class JsonPaths {

    /** What is called by names that an application gives. */
    private static final Set<String> MAPS = Set.of("contexts", "migrators");

    private JsonPaths() {}

    static void collect(JsonNode answer, Set<String> into) {
        collect("", answer, into);
    }

    private static void collect(String path, JsonNode node, Set<String> into) {
        if (node.isArray()) {
            node.forEach(each -> collect(path + "[]", each, into));
        } else {
            boolean isMap = MAPS.contains(path.substring(path.lastIndexOf('.') + 1));
            node.properties().forEach(field -> {
                String below = (path.isEmpty() ? "" : path + ".") + (isMap ? "*" : field.getKey());
                into.add(below);
                collect(below, field.getValue(), into);
            });
        }
    }
}
