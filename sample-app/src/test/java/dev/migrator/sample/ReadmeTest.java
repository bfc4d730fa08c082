package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.run.ExitCode;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes from the README what it promises, so that it cannot go stale. */
class ReadmeTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    private static final Pattern TEST = Pattern.compile("`[A-Z]\\w+(\\.\\w+)?`");

    private final Readme readme;
    private final String start;
    private final String test;
    private final String look;

    ReadmeTest() throws IOException {
        readme = Readme.read();
        List<String> commands = readme.blocks("shell");
        start = commands.get(0);
        test = commands.get(1);
        look = commands.get(2);
    }

    @Test
    void theFirstCommandRunsTheSampleAndNoOtherModule() throws IOException {
        assertThat(start).matches("mvn -pl [a-z-]+ -am spring-boot:run");
        assertThat(read("pom.xml"))
                .contains("<module>" + module() + "</module>")
                .contains("<spring-boot.run.skip>true</spring-boot.run.skip>")
                .contains("<artifactId>spring-boot-maven-plugin</artifactId>");
        assertThat(read(module() + "/pom.xml"))
                .contains("<spring-boot.run.skip>false</spring-boot.run.skip>")
                .contains("<artifactId>spring-boot-maven-plugin</artifactId>");
    }

    @Test
    void itsCurlFindsTheHistoryOfTheStartedSampleAndTheAnswerIsAsShown(@TempDir Path directory) throws Exception {
        assertThat(look).matches("curl localhost:8080/[a-z/]+");
        assertThat(read(module() + "/src/main/resources/application.properties"))
                .as("8080 is the port of an application that names none")
                .doesNotContain("server.port");

        // what spring-boot:run does, in the directory in which it does it
        try (BookshopProcess shop =
                BookshopProcess.start(readme.project().resolve(module()), directory.resolve("data"))) {
            History history = History.at(
                    "http://" + look.substring("curl ".length()).replace("8080", String.valueOf(shop.port())));

            assertThat(history.state()).isEqualTo("succeeded");
            History shown = History.of(JSON.readValue(readme.blocks("json").get(0), new TypeReference<>() {}));
            assertThat(shown.migrator()).containsOnlyKeys(history.migrator().keySet());
            assertThat(shown.migrations()).isNotEmpty().allSatisfy(migration -> assertThat(history.migrations())
                    .anySatisfy(real -> isAsShown(migration, real)));
        }
    }

    @Test
    void theSecondCommandIsTheOneThatTheBuildServerRuns() throws IOException {
        assertThat(read(".ci/run").lines().filter(line -> line.startsWith("mvn ")))
                .singleElement()
                .asString()
                .startsWith(test + " ");
    }

    @Test
    void everyPropertyIsInTheTableWithItsDefault() throws IOException {
        Map<String, String> documented = readme.table("property").stream()
                .collect(Collectors.toMap(
                        row -> plain(row.get(0)), row -> plain(row.get(2)), (a, b) -> a, TreeMap::new));

        assertThat(documented).isEqualTo(propertiesOfTheStarter());
    }

    @Test
    void everyExitCodeIsInTheTable() {
        assertThat(readme.table("code"))
                .extracting(row -> Integer.valueOf(row.get(0)))
                .containsExactlyElementsOf(
                        Stream.of(ExitCode.values()).map(ExitCode::value).toList());
    }

    @Test
    void everyFileThatItPointsToIsThere() {
        assertThat(readme.lines().stream()
                        .flatMap(line -> LINK.matcher(line).results())
                        .map(match -> readme.project().resolve(match.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<String> named = readme.table("when …").stream()
                .flatMap(row -> TEST.matcher(row.get(2)).results())
                .map(MatchResult::group)
                .toList();

        assertThat(named).hasSizeGreaterThan(30).allSatisfy(test -> {
            String[] words = test.replace("`", "").split("\\.");
            List<String> sources = sources(words[0] + ".java");
            assertThat(sources).hasSize(1);
            if (words.length > 1) {
                assertThat(sources.get(0)).contains(" " + words[1] + "(");
            }
        });
    }

    private List<String> sources(String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("migrator-core", "migrator-spring-boot-starter")) {
            try (Stream<Path> files =
                    Files.walk(readme.project().resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(file -> file.endsWith(name)).toList()) {
                    found.add(Files.readString(file));
                }
            }
        }
        return found;
    }

    /** What changes from run to run is there; the rest is the same. */
    private static void isAsShown(Map<String, Object> shown, Map<String, Object> real) {
        assertThat(real).containsOnlyKeys(shown.keySet());
        assertThat(real)
                .usingRecursiveComparison()
                .ignoringFields("instance", "runId", "startedAt", "durationMs")
                .isEqualTo(shown);
    }

    private static Map<String, String> propertiesOfTheStarter() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        for (URL file : Collections.list(
                ReadmeTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            JsonNode metadata = JSON.readTree(file.openStream());
            if (metadata.path("groups")
                    .valueStream()
                    .anyMatch(group -> group.path("name").asString().equals("migrator"))) {
                metadata.path("properties")
                        .forEach(property -> properties.put(
                                property.path("name").asString(),
                                property.path("defaultValue").asString("none")));
            }
        }
        return properties;
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }

    private String module() {
        return start.split(" ")[2];
    }

    private String read(String file) throws IOException {
        return Files.readString(readme.project().resolve(file));
    }
}
