package dev.migrator.sample.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrator.sample.deploy.Dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DockerfileTest {

    private final DeployFolder deploy = DeployFolder.find();
    private final Dockerfile dockerfile = Dockerfile.parse(deploy.lines("Dockerfile"));
    private final Dockerfile image = dockerfile.lastStage();

    @Test
    void eachStageBeginsWithAnImageOfAKnownVersionAndIsUsed() {
        List<String> names = new ArrayList<>();
        for (Instruction from : dockerfile.all("FROM")) {
            assertThat(from.words().get(0)).matches("[a-z-]+:[0-9]+-jre-noble");
            if (from.words().size() > 1) {
                assertThat(from.words()).hasSize(3).element(1).isEqualTo("AS");
                names.add(from.words().get(2));
            }
        }
        assertThat(dockerfile.instructions().get(0).name()).isEqualTo("FROM");
        assertThat(image.all("COPY"))
                .isNotEmpty()
                .extracting(copy -> copy.words().get(0))
                .containsOnly("--from=" + names.get(0));
    }

    @Test
    void whatIsCopiedFromTheProjectIsThePackagedApplicationAndNothingElseIsSentToTheBuild() {
        assertThat(dockerfile.stage(0).all("COPY")).hasSize(1).allSatisfy(copy -> assertThat(copy.words())
                .containsExactly("target/sample-app.jar", "application.jar"));
        assertThat(deploy.lines("Dockerfile.dockerignore"))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly("*", "!target/sample-app.jar");
    }

    /** Kubernetes cannot tell by a name that it is not root's. */
    @Test
    void itRunsAsANumberedUserThatMayWriteToTheBackupsOnly() {
        assertThat(image.all("USER")).hasSize(1);
        String user = image.all("USER").get(0).arguments();
        assertThat(user).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
        assertThat(image.all("RUN"))
                .filteredOn(run -> run.arguments().contains("chown"))
                .singleElement()
                .extracting(Instruction::arguments)
                .isEqualTo("mkdir /backups && chown " + user + " /backups && chmod 700 /backups");
        assertThat(image.all("COPY")).noneMatch(copy -> copy.arguments().contains("--chown"));
        assertThat(image.all("VOLUME")).extracting(Instruction::arguments).containsExactly("/backups");
        assertThat(image.instructions().indexOf(image.all("USER").get(0)))
                .as("whatever needs root comes before")
                .isGreaterThan(lastIndexOf("RUN"));
    }

    /** The shell form would put a shell in front, which does not hand SIGTERM on. */
    @Test
    void theApplicationIsTheFirstProcess() {
        assertThat(image.all("ENTRYPOINT")).hasSize(1);
        assertThat(image.all("CMD")).isEmpty();
        JsonNode command =
                JsonMapper.shared().readTree(image.all("ENTRYPOINT").get(0).arguments());
        assertThat(command.valueStream().map(JsonNode::asString)).containsExactly("java", "-jar", "bookshop.jar");
    }

    @Test
    void backupsGoToTheVolume() {
        assertThat(image.all("ENV")).extracting(Instruction::arguments).contains("MIGRATOR_BACKUP_DIRECTORY=/backups");
    }

    @Test
    void theServerOfTheComposeFileIsNotNewerThanTheClient() {
        String install = image.all("RUN").get(0).arguments();
        assertThat(install).contains("--no-install-recommends").endsWith("rm -rf /var/lib/apt/lists/*");
        int client = Integer.parseInt(install.replaceAll(".*postgresql-client-([0-9]+).*", "$1"));

        assertThat(new ComposeFile(deploy.yaml("compose.yaml")).postgresVersion())
                .isBetween(14, client);
    }

    @Test
    void aLineThatIsNoInstructionIsSeen() {
        assertThatIllegalArgumentException().isThrownBy(() -> Dockerfile.parse(List.of("FROM x", "RUM y")));
        assertThatIllegalArgumentException().isThrownBy(() -> Dockerfile.parse(List.of("FROM x", "RUN y \\")));
    }

    private int lastIndexOf(String name) {
        List<String> names =
                image.instructions().stream().map(Instruction::name).toList();
        return names.lastIndexOf(name);
    }
}
