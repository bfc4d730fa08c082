package dev.migrator.sample.deploy;

import static dev.migrator.sample.deploy.ComposeFile.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

    /** Those of compose's that are used here: a misspelt one is none of them. */
    private static final Set<String> KNOWN = Set.of(
            "image",
            "build",
            "environment",
            "depends_on",
            "ports",
            "read_only",
            "tmpfs",
            "volumes",
            "cap_drop",
            "security_opt",
            "stop_grace_period",
            "restart",
            "healthcheck");

    private final DeployFolder deploy = DeployFolder.find();
    private final ComposeFile compose = new ComposeFile(deploy.yaml("compose.yaml"));
    private final Map<String, Object> database = compose.service("database");
    private final Map<String, Object> bookshop = compose.service("bookshop");

    @Test
    void itsWordsAreThoseOfCompose() {
        assertThat(compose.document()).containsOnlyKeys("name", "services", "volumes");
        assertThat(map(compose.document(), "services")).containsOnlyKeys("database", "bookshop");
        assertThat(KNOWN).containsAll(database.keySet()).containsAll(bookshop.keySet());
    }

    @Test
    void theApplicationWaitsForADatabaseThatAnswersOverTcp() {
        assertThat(map(map(bookshop, "depends_on"), "database")).containsEntry("condition", "service_healthy");
        assertThat(map(database, "healthcheck").get("test"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .startsWith("CMD", "pg_isready", "--host=127.0.0.1");
    }

    @Test
    void theApplicationFindsTheDatabaseAndItsPasswordComesFromOutside() {
        Map<String, Object> environment = map(bookshop, "environment");
        Map<String, Object> server = map(database, "environment");

        assertThat(environment)
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://database:5432/" + server.get("POSTGRES_DB"))
                .containsEntry("SPRING_DATASOURCE_USERNAME", server.get("POSTGRES_USER"))
                .containsEntry("SPRING_DATASOURCE_PASSWORD", server.get("POSTGRES_PASSWORD"));
        assertThat(server.get("POSTGRES_PASSWORD")).asString().matches("\\$\\{POSTGRES_PASSWORD:\\?[^}]+}");
        assertThat(environment.keySet()).allSatisfy(StarterProperties::assertKnown);
    }

    @Test
    void theImageIsBuiltFromTheDockerfile() {
        Map<String, Object> build = map(bookshop, "build");
        assertThat(deploy.file(build.get("context").toString()).normalize()).isEqualTo(deploy.buildContext());
        assertThat(deploy.buildContext().resolve(build.get("dockerfile").toString()))
                .isEqualTo(deploy.file("Dockerfile"));
    }

    @Test
    void theApplicationWritesToItsBackupsAndTmpOnly() {
        assertThat(bookshop)
                .containsEntry("read_only", true)
                .containsEntry("tmpfs", List.of("/tmp"))
                .containsEntry("volumes", List.of("backups:/backups"))
                .containsEntry("cap_drop", List.of("ALL"));
        assertThat(map(compose.document(), "volumes")).containsOnlyKeys("data", "backups");
    }

    @Test
    void onlyThisMachineCanReachIt() {
        assertThat(bookshop).containsEntry("ports", List.of("127.0.0.1:8080:8080"));
        assertThat(database).doesNotContainKey("ports");
    }
}
