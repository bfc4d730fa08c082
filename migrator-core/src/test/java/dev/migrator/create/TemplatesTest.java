package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {

    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void begin() {
        project = Project.in(root);
    }

    @Test
    void allThatComeWithMigratorAreListedAndSayWhatTheyAreFor() throws Exception {
        Path folder = Path.of(
                Objects.requireNonNull(Templates.class.getResource("templates")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(Templates.BUILT_IN);
        }
        assertThat(new Templates(null).list())
                .extracting(Template::name)
                .containsExactly(
                        "default", "add-column", "table", "index", "foreign-key", "not-null", "data", "enum-value");
        assertThat(new Templates(null).list())
                .allMatch(template -> template.summary().length() > 10);
        for (String name : Templates.BUILT_IN) {
            assertThat(folder.resolve(name + ".rollback.sql")).exists();
        }
    }

    @Test
    void onesOwnGoBefore() {
        project.withTemplate(
                        "index.sql",
                        "-- template: our index\nselect '{{name}} {{version}} {{date}}', '{{1,2},{3,4}}';\n")
                .withTemplate("view.sql", "create view {{name}} as select '${owner}'; -- {{nothing}}\n")
                .withTemplate("view.rollback.sql", "drop view {{name}}; -- {{script}}\n")
                .withTemplate("README.md", "");

        project.create("Our \"thing\"").of("index").write();
        project.create("Our view").of("view").write();

        assertThat(project.text("migrations/V1__our_thing.sql"))
                .isEqualTo("select 'our_thing 1 2026-11-21', '{{1,2},{3,4}}';\n");
        assertThat(project.text("migrations/U1__our_thing.sql"))
                .as("not the rollback of another index")
                .contains("The rollback of V1__our_thing.sql is not written yet");
        assertThat(project.text("migrations/V2__our_view.sql"))
                .isEqualTo("create view our_view as select '${owner}'; -- {{nothing}}\n");
        assertThat(project.text("migrations/U2__our_view.sql")).isEqualTo("drop view our_view; -- V2__our_view.sql\n");
        assertThat(new Templates(project.templates()).list())
                .contains(new Template("index", "our index"), new Template("view", ""))
                .hasSize(9);
    }

    @Test
    void oneThatDoesNotExistIsAnsweredWithThoseThatDo() {
        assertThatThrownBy(() -> project.create("a").of("indx").write())
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("There is no template 'indx' of a script.")
                .hasMessageContaining("Next: Choose one of these: default, add-column, table, index, ");
        assertThatThrownBy(() -> project.create("a").of("index").asJava().write())
                .hasMessageContaining("There is no template 'index' of a Java class.")
                .hasMessageContaining("Choose one of these: default, data.");
        assertThat(project.files()).isEmpty();
    }

    @Test
    void aNameLeadsIntoNoOtherFolder() throws IOException {
        Files.writeString(root.resolve("secret.sql"), "secret");
        project.withTemplate("a.sql", "");

        for (String name : new String[] {"../secret", "..\\secret", "", ".hidden", "x/../../secret"}) {
            assertThatThrownBy(() -> project.create("a").of(name).write())
                    .isInstanceOf(CreateException.class)
                    .hasMessageContaining("There is no template");
        }
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> new Templates(root.resolve("none")))
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("The folder of templates " + root.resolve("none") + " does not exist");
    }
}
