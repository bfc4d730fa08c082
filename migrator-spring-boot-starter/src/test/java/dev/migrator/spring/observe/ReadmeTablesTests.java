package dev.migrator.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.backup.TakenBackup;
import dev.migrator.spring.events.MigrationEvent;
import dev.migrator.spring.test.Postgres;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The README's tables say what the code does. */
class ReadmeTablesTests {

    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    /** The rows of the table behind a mark, as cells without blanks around them. */
    private static List<List<String>> table(String mark) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../README.md"));
        int begin = lines.indexOf("<!-- " + mark + " -->");
        assertThat(begin).as("the mark of " + mark).isNotNegative();
        return lines.subList(begin + 3, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static Set<String> words(String cell) {
        return WORD.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(KeyName[] keys) {
        return Arrays.stream(keys).map(KeyName::asString).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void metersAreThoseOfARegistryAfterARun() throws IOException {
        String url = Postgres.newDatabase();
        Postgres.execute(url, "create table something_to_back_up (id int)");
        Migrator migrator = Migrator.builder(new DriverManagerDataSource(url))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .backup(request -> new TakenBackup("snapshot-1", 0, null))
                .build();
        MigratorMeters meters = new MigratorMeters(() -> Map.of("migrator", migrator), () -> false);
        migrator.addListener(meters.listenTo("migrator"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        migrator.migrate();
        meters.bindTo(registry);

        Map<String, String> real = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Set<String> tags = new TreeSet<>();
            meter.getId().getTags().forEach(tag -> tags.add(tag.getKey()));
            real.put(
                    meter.getId().getName(),
                    meter.getId().getType().name().toLowerCase(Locale.ROOT)
                            + ("seconds".equals(meter.getId().getBaseUnit())
                                            && meter.getId().getType() == Meter.Type.GAUGE
                                    ? ", in seconds "
                                    : " ")
                            + tags);
        }
        Map<String, String> written = new TreeMap<>();
        for (List<String> row : table("metrics")) {
            written.put(words(row.get(0)).iterator().next(), row.get(1) + " " + words(row.get(2)));
        }
        assertThat(written).isEqualTo(real);
    }

    @Test
    void observationsAreTheDocumentedOnes() throws IOException {
        assertThat(table("observations"))
                .extracting(row ->
                        words(row.get(0)) + " " + words(row.get(1)) + " " + words(row.get(2)) + " " + words(row.get(3)))
                .containsExactlyElementsOf(Arrays.stream(MigratorObservation.values())
                        .map(observation -> Set.of(observation.getName()) + " "
                                + Set.of(String.valueOf(observation.getContextualName())) + " "
                                + names(observation.getLowCardinalityKeyNames()) + " "
                                + names(observation.getHighCardinalityKeyNames()))
                        .toList());
    }

    @Test
    void eventsAreThoseThatThereAre() throws IOException {
        assertThat(table("events"))
                .extracting(row -> words(row.get(0)).iterator().next())
                .containsExactly(Arrays.stream(MigrationEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toArray(String[]::new));
    }
}
