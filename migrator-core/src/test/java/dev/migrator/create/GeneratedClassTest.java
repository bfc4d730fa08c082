package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.migration.JavaMigration;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.testing.DatabaseTest;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written as Java is compiled, with all warnings on, found beside the scripts, and run. */
class GeneratedClassTest extends DatabaseTest {

    @TempDir
    private Path root;

    private Project project;
    private URLClassLoader loader;

    @BeforeEach
    void begin() throws IOException {
        project = Project.in(root);
        Files.createDirectories(classes().resolve("db/migration"));
        loader = new URLClassLoader(
                new URL[] {classes().toUri().toURL()}, getClass().getClassLoader());
        Files.writeString(classes().resolve("db/migration/V1__before.sql"), """
                create table my_table (id bigint primary key, my_column text);
                insert into my_table select n, case when n % 5 = 0 then 'kept' end from generate_series(-500, 1999) n;
                """);
        project.withMigrations("V1__before.sql");
    }

    @AfterEach
    void end() throws IOException {
        loader.close();
    }

    private Path classes() {
        return root.resolve("classes");
    }

    private void compile(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes().toString(),
                                    "--release",
                                    "17",
                                    "-encoding",
                                    "UTF-8",
                                    "-proc:none",
                                    "-Xlint:all,-options",
                                    "-Werror",
                                    "-classpath",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(project.sources().resolve(source)))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private void migrate() {
        migrator()
                .locations("classpath:db/migration")
                .classLoader(loader)
                .build()
                .migrate();
    }

    private String filled() {
        return database.value("select count(*) from my_table where my_column = 'my value'");
    }

    @Test
    void refusesToRunUntilItIsWritten() throws Exception {
        project.create("Größe \\u002a/ \"ändern\" */").asJava().write();
        compile("db/migration/V2__Größe_u002a_ändern.java");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("V2__Größe_u002a_ändern is not written yet");
        assertThatThrownBy(() -> instance("db.migration.V2__Größe_u002a_ändern").rollback(null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("The rollback of V2__Größe_u002a_ändern is not written yet");
    }

    private JavaMigration instance(String className) throws ReflectiveOperationException {
        return (JavaMigration) loader.loadClass(className).getConstructor().newInstance();
    }

    @Test
    void withoutARollbackItSaysThatItCannotBeTakenBack() throws Exception {
        project.create("Try it").asJava().withoutRollback().write();
        compile("db/migration/V2__Try_it.java");

        assertThatThrownBy(() -> instance("db.migration.V2__Try_it").rollback(null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("db.migration.V2__Try_it cannot be rolled back");
    }

    @Test
    void dataIsChangedInBatchesAndGoesOnByItselfAfterACrash() throws Exception {
        migrate();
        project.create("Try it").of("data").asJava().write();
        compile("db/migration/V2__Try_it.java");
        try (Connection writer = database.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("update my_table set id = id where id = 1999");
            Future<?> run = CompletableFuture.runAsync(this::migrate);
            await().until(() -> database.value("select exists (select from pg_locks where not granted)")
                    .equals("t"));

            assertThat(filled()).as("committed before the end").isEqualTo("1000");
            assertThat(StepLog.asTraffic(database, "update my_table set my_column = 'x' where id = 1"))
                    .isOne();
            database.value("select pg_terminate_backend(pid) from pg_locks where not granted");
            assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS)).isNotNull();
            writer.rollback();
        }

        migrate();

        assertThat(filled()).isEqualTo(Integer.toString(2500 * 4 / 5 - 1));
        assertThat(database.value("select count(*) from my_table where my_column = 'kept'"))
                .isEqualTo("500");
    }
}
