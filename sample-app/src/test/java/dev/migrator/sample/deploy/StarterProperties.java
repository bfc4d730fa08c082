package dev.migrator.sample.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** The properties that an application has, by the names of their environment variables. */
final class StarterProperties {

    private StarterProperties() {}

    static void assertKnown(String variable) {
        assertThat(variables()).as("environment variables of properties").contains(variable);
    }

    private static Set<String> variables() {
        Set<String> variables = new TreeSet<>();
        try {
            for (URL file : Collections.list(StarterProperties.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream metadata = file.openStream()) {
                    JsonMapper.shared()
                            .readTree(metadata)
                            .path("properties")
                            .forEach(property ->
                                    variables.add(variable(property.path("name").asString())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private static String variable(String property) {
        return property.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
