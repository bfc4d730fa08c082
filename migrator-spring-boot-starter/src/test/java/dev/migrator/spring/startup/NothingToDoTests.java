package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.test.IdleApplication;
import dev.migrator.spring.test.Postgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a start with nothing to do takes from an application without an actuator: every start of every instance pays for each
 * class that is read and for each lambda that is linked. The counts are limits: whoever must raise one should know why.
 */
class NothingToDoTests {

    private static final List<String> ABSENT = List.of(
            "actuator",
            "health",
            "micrometer-core",
            "micrometer-metrics",
            "boot-micrometer",
            "hibernate",
            "jpa",
            "spring-data",
            "boot-data",
            "security",
            "webflux",
            "reactor");

    private static final String LOCATION = "db/idle";

    @TempDir
    static Path folder;

    private static List<String> lines;

    @BeforeAll
    static void startWithNothingToDo() throws IOException, InterruptedException {
        String url = Postgres.newDatabase();
        Path scripts = packaged(
                "V1__t.sql", "create table t (id int);", "R__v.sql", "create or replace view v as select 1 as x;");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {scripts.toUri().toURL()}, null)) {
            Migrator.builder(new DriverManagerDataSource(url))
                    .classLoader(loader)
                    .locations("classpath:" + LOCATION)
                    .build()
                    .migrate();
        }
        lines = start(url, scripts);
    }

    /** A jar of scripts, given by name and text: an application that is started often is packaged. */
    private static Path packaged(String... scripts) throws IOException {
        Path jar = folder.resolve("scripts.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(LOCATION + "/"));
            for (int i = 0; i < scripts.length; i += 2) {
                out.putNextEntry(new JarEntry(LOCATION + "/" + scripts[i]));
                out.write(scripts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static List<String> start(String url, Path scripts) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes.txt");
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        // with it, all that is loaded ahead would count
                        "-Dspring.backgroundpreinitializer.ignore=true",
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        scripts + File.pathSeparator + classPath(),
                        IdleApplication.class.getName(),
                        "--spring.datasource.url=" + url,
                        "--logging.level.dev.migrator=info",
                        "--migrator.locations=classpath:" + LOCATION)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            // as long as a cold start takes on a machine that does much else
            assertThat(process.waitFor(150, TimeUnit.SECONDS))
                    .as(() -> "The process has ended; it said:\n" + read(said))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(said).content().contains("2 found, 0 applied");
        assertThat(process.exitValue()).as(() -> read(said)).isZero();
        return Files.readAllLines(classes);
    }

    private static String read(Path said) {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        ABSENT.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> loaded(Predicate<String> wanted) {
        return lines.stream()
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", ""))
                .map(line -> line.split(" ")[0])
                .filter(wanted)
                .toList();
    }

    private static boolean isLambda(String name) {
        return name.contains("$$Lambda");
    }

    @Test
    void fewClassesOfTheStarterAreLoaded() {
        List<String> own = loaded(name -> name.startsWith("dev.migrator.spring.")
                && !name.startsWith(IdleApplication.class.getName())
                && !isLambda(name));

        assertThat(own).contains(MigrateWhenReady.class.getName()).hasSizeLessThanOrEqualTo(65);
    }

    @Test
    @EnabledOnJre(value = JRE.JAVA_17, disabledReason = "each JDK loads others")
    void whatIsLoadedAheadIsWhatAStartNeeds() throws IOException {
        List<String> needed = loaded(name -> name.startsWith("dev.migrator.")
                && !name.startsWith("dev.migrator.spring.command.") // there before anything can be loaded ahead
                && !name.startsWith(IdleApplication.class.getName())
                && !isLambda(name));

        assertThat(loadedAhead()).containsExactlyInAnyOrderElementsOf(needed);
    }

    private static List<String> loadedAhead() throws IOException {
        try (InputStream names = MigrateWhenReady.class.getResourceAsStream("/META-INF/migrator/start-classes.txt")) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void hardlyAnyLambdaOfTheStarterIsLinked() {
        assertThat(loaded(name -> name.startsWith("dev.migrator.spring.") && isLambda(name)))
                .hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void noClassOfOursIsMadeAgainByCglib() {
        assertThat(loaded(name -> name.startsWith("dev.migrator.") && name.contains("CGLIB")))
                .isEmpty();
    }

    @Test
    void whatIsNotAskedForIsNotLoaded() {
        assertThat(loaded(name -> Stream.of("actuate", "observe", "diagnostics", "web.reactive")
                                .anyMatch(room -> name.startsWith("dev.migrator.spring." + room))
                        || name.startsWith("dev.migrator.cli")
                        || name.startsWith("picocli")))
                .isEmpty();
    }

    /** Their readers come with a dozen lambdas each. */
    @Test
    void noDefaultOfOursIsReadFromWords() {
        assertThat(loaded(name -> name.startsWith("org.springframework.boot.convert.DurationStyle")
                        || name.startsWith("org.springframework.boot.jdbc.DataSourceBuilder$Simple")
                        || name.startsWith("org.springframework.util.unit.DataSize$")))
                .isEmpty();
    }
}
