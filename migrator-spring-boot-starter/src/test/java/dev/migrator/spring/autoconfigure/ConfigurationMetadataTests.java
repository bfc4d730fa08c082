package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Name;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationMetadataTests {

    private final JsonNode metadata = read();

    private static JsonNode read() {
        // every module has such a file: ours stands beside our classes
        String home = MigratorProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        try (InputStream stream = URI.create(home + "META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            return new JsonMapper().readTree(stream);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new TreeMap<>();
        metadata.get("properties")
                .forEach(property -> properties.put(property.get("name").asString(), property));
        return properties;
    }

    private static List<String> names(String prefix, Class<?> type) {
        List<String> names = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            // some names may not be those of a component
            Name other = type.getDeclaredConstructors()[0].getParameters()[i].getAnnotation(Name.class);
            String name = prefix + "."
                    + (other == null ? component.getName() : other.value())
                            .replaceAll("([A-Z])", "-$1")
                            .toLowerCase();
            if (component.getType().isRecord()) {
                names.addAll(names(name, component.getType()));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    @Test
    void everyPropertyIsThereWithADescription() {
        assertThat(properties())
                .containsKeys(names("migrator", MigratorProperties.class).toArray(String[]::new));
        properties().forEach((name, property) -> assertThat(
                        property.path("description").asString(""))
                .as(name)
                .isNotBlank()
                .endsWith("."));
    }

    @Test
    void everyDefaultIsThere() {
        List<String> without = properties().entrySet().stream()
                .filter(property -> !property.getValue().has("defaultValue"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(without)
                .containsExactlyInAnyOrder(
                        "migrator.backup.keep-for",
                        "migrator.backup.programs",
                        "migrator.endpoint.roles",
                        "migrator.schema",
                        "migrator.environments",
                        "migrator.placeholders.values",
                        "migrator.url",
                        "migrator.user",
                        "migrator.password",
                        "migrator.target",
                        "migrator.statement-timeout");
    }

    @Test
    void theValuesThatOneMayChooseFromAreHinted() {
        List<String> hinted = new ArrayList<>();
        metadata.get("hints").forEach(hint -> {
            hinted.add(hint.get("name").asString());
            assertThat(hint.get("values").size()).isPositive();
        });
        assertThat(hinted).contains("migrator.run-at", "migrator.mode", "migrator.locations");
        assertThat(properties()
                        .get("migrator.endpoint.show-details")
                        .get("type")
                        .asString())
                .as("an enum, whose words are known by themselves")
                .endsWith(".Show");
        assertThat(properties()
                        .get("management.endpoint.migrations.access")
                        .get("defaultValue")
                        .asString())
                .isEqualTo("read-only");
    }
}
