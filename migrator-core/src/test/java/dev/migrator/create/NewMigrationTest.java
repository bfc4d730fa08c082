package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewMigrationTest {

    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void begin() {
        project = Project.in(root);
    }

    @Test
    void explainsTheDirectivesAndRefusesToBeTakenBackUntilThatIsWritten() {
        project.create("Add user avatar").write();

        assertThat(project.files())
                .containsExactly("migrations/U1__add_user_avatar.sql", "migrations/V1__add_user_avatar.sql");
        assertThat(project.text("migrations/V1__add_user_avatar.sql"))
                .startsWith("-- Add user avatar\n")
                .contains("transaction=none", "lock-timeout=", "statement-timeout=", "placeholders=off", "only-if=")
                .doesNotContain("template:", "{{");
        assertThat(project.text("migrations/U1__add_user_avatar.sql"))
                .contains("raise exception 'The rollback of V1__add_user_avatar.sql is not written yet'");
    }

    @Test
    void leavesTheRollbackOutWhereThatIsWanted() {
        assertThat(project.create("a").withoutRollback().paths()).containsExactly("V1__a.sql");
        assertThat(project.create("b").asJava().withoutRollback().paths()).containsExactly("db/migration/V2__B.java");
        assertThat(project.text("java/db/migration/V2__B.java")).doesNotContain("rollback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrator: nonsense=1", "two\nlines", "two\u2028lines", "MIGRATOR:x", "*/ \\u002a/"})
    void aDescriptionCannotLeaveItsComment(String description) {
        project.create(description).write();

        String first = project.text(project.files().get(1)).lines().findFirst().orElseThrow();
        assertThat(first)
                .startsWith("-- ")
                .doesNotContainIgnoringCase("migrator:")
                .doesNotContain("\\", "*/");
        assertThat(project.text(project.files().get(1)).lines().skip(1))
                .allMatch(line -> line.isBlank() || line.startsWith("--"));
    }

    @Test
    void aScriptThatExistsIsNotOverwrittenAndNothingIsLeft() throws IOException {
        // a dangling link is not found as a migration's folder, and yet the name is taken
        project.withMigrations("1_a/up.sql");
        Files.createSymbolicLink(project.migrations().resolve("2_b"), root.resolve("nowhere"));

        assertThatThrownBy(() -> project.create("b").write())
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("2_b exists already, and is not overwritten. Nothing was written.");
        assertThat(project.files()).containsExactly("migrations/1_a/up.sql");
    }

    @Test
    void aRollbackThatExistsIsNotOverwrittenAndTheMigrationIsTakenAwayAgain() throws IOException {
        Path taken = root.resolve("taken.sql");
        Path script = root.resolve("new/folder/script.sql");
        Files.writeString(taken, "mine");

        assertThatThrownBy(() -> NewFiles.write(ordered(script, taken)))
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("taken.sql exists already, and is not overwritten. Nothing was written.");
        assertThat(taken).hasContent("mine");
        assertThat(root.resolve("new")).doesNotExist();
    }

    private static java.util.Map<Path, String> ordered(Path first, Path second) {
        java.util.Map<Path, String> texts = new java.util.LinkedHashMap<>();
        texts.put(first, "new");
        texts.put(second, "new");
        return texts;
    }

    @Test
    void manyWhoCreateAtOnceGetAVersionEach() throws Exception {
        int many = 24;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<CreatedMigration>> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String description = i % 2 == 0 ? "same words" : "words " + i;
            boolean java = i % 3 == 0;
            all.add(threads.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                Project.Wish wish = project.create(description);
                return (java ? wish.asJava() : wish).write();
            }));
        }

        start.countDown();

        List<String> versions = new ArrayList<>();
        for (Future<CreatedMigration> each : all) {
            versions.add(each.get().version());
        }
        threads.shutdownNow();
        assertThat(versions).doesNotHaveDuplicates().hasSize(many);
        assertThat(project.files()).noneMatch(file -> file.endsWith(".lock")).hasSize(8 + 2 * 16);
    }

    @Test
    void oneWhoWasKilledIsNamed() throws IOException {
        Files.createFile(project.migrations().resolve(".migrator-create.lock"));

        assertThatThrownBy(() -> DirectoryLock.holding(project.migrations(), Duration.ofMillis(30), () -> "done"))
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("or was killed while doing so: there is ")
                .hasMessageContaining("Next: If nobody else does, delete that file, and try again.");
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() throws IOException {
        Files.delete(project.migrations());

        assertThatThrownBy(() -> project.create("a").write())
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("The folder of migrations " + project.migrations() + " does not exist")
                .hasMessageContaining("Next: Make it, or name another one.");
    }

    @Test
    void aClassStandsBesideTheOthers() {
        project.withSources("shop/migrations/V3__A.java", "older/V2__B.java");

        assertThat(project.create("Fill slugs").asJava().paths())
                .containsExactly("shop/migrations/V4__Fill_slugs.java");
        assertThat(project.text("java/shop/migrations/V4__Fill_slugs.java")).startsWith("package shop.migrations;\n");
    }

    @Test
    void aClassStandsInThePackageThatIsNamed() {
        assertThat(project.create("Fill slugs").inPackage("a.b1").paths()).containsExactly("a/b1/V1__Fill_slugs.java");
        assertThatThrownBy(() -> project.create("x").inPackage("../evil").write())
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("'../evil' is no name of a package");
    }
}
