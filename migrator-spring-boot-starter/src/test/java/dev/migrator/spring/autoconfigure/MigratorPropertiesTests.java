package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The defaults stand twice, in the code for the start and in words for whoever writes a configuration: both say the same. */
class MigratorPropertiesTests {

    private static MigratorProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("migrator", Bindable.of(MigratorProperties.class));
    }

    static Stream<RecordComponent> groups() {
        return Stream.of(MigratorProperties.class.getRecordComponents())
                .filter(component -> component.getType().isRecord());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aGroupOfWhichNothingIsSetIsTheSameAsOneMadeOfItsAnnotations(RecordComponent group) throws Exception {
        Object unset = group.getAccessor().invoke(bound(Map.of()));

        assertThat(unset).isEqualTo(new Binder().bindOrCreate("nothing", Bindable.of(group.getType())));
    }

    @Test
    void theDefaultsAreThoseThatTheMetadataSays() throws Exception {
        Map<String, String> said = new TreeMap<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (name.startsWith("migrator.")
                    && !name.startsWith("migrator.endpoint.")
                    && property.has("defaultValue")) {
                said.put(name, property.get("defaultValue").asString());
            }
        }

        assertThat(said).hasSizeGreaterThan(25);
        assertThat(bound(said)).isEqualTo(bound(Map.of()));
    }

    @Test
    void aGroupOfWhichOneThingIsSetHasItsDefaultsForTheOthers() throws InvocationTargetException {
        MigratorProperties properties = bound(Map.of("migrator.backup.keep", "9", "migrator.lock.lease", "7s"));

        assertThat(properties.backup())
                .usingRecursiveComparison()
                .ignoringFields("keep")
                .isEqualTo(MigratorProperties.Backup.DEFAULT);
        assertThat(properties.backup().keep()).isEqualTo(9);
        assertThat(properties.lock().lease()).hasSeconds(7);
        assertThat(properties.lock().maxWait()).isEqualTo(MigratorProperties.Lock.DEFAULT.maxWait());
    }

    @Test
    void anEmptyListOfLocationsIsTheDefault() {
        assertThat(bound(Map.of("migrator.locations", "")).locations())
                .isEqualTo(bound(Map.of()).locations());
    }

    /** As Compose writes {@code ${X:-}} where nobody has set X. */
    @ParameterizedTest
    @ValueSource(strings = {"url", "user", "password", "schema", "table", "target", "baseline.version"})
    void whatIsSetToNothingIsNotSet(String name) {
        assertThat(bound(Map.of("migrator." + name, ""))).isEqualTo(bound(Map.of()));
    }

    @Test
    void aPasswordMayBeASpace() {
        assertThat(bound(Map.of("migrator.password", " ")).password()).isEqualTo(" ");
    }

    private static JsonNode metadata() throws IOException {
        String home = MigratorProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        try (var stream = URI.create(home + "META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            return new JsonMapper().readTree(stream);
        }
    }
}
