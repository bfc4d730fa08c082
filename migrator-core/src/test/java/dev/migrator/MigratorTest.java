package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigrationReport;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorTest {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void scripts() {
        scripts = new Scripts(folder);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private Migrator.Builder migrator() {
        return Migrator.builder(database.dataSource()).locations(scripts.location());
    }

    @Test
    void appliesWhatIsPendingInOrderAndRecordsIt() {
        scripts.with("V2__book_title.sql", "ALTER TABLE book ADD COLUMN title text;\nCREATE INDEX ON book (title);")
                .with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);")
                .with("R__titles.sql", "CREATE OR REPLACE VIEW titles AS SELECT title FROM book;");

        MigrationReport report = migrator().build().migrate();

        assertThat(report.applied())
                .extracting(MigrationReport.Applied::script)
                .containsExactly("V1__book.sql", "V2__book_title.sql", "R__titles.sql");
        assertThat(database.column("SELECT concat_ws(' ', version, kind, state, statements_done, statements_total)"
                        + " FROM schema_migrations ORDER BY id"))
                .containsExactly("1 versioned applied 1 1", "2 versioned applied 2 2", "repeatable applied 1 1");
    }

    @Test
    void findsNothingToDoTheSecondTime() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);");
        migrator().build().migrate();

        MigrationReport report = migrator().build().migrate();

        assertThat(report.applied()).isEmpty();
        assertThat(report.skipped()).isEqualTo(1);
    }

    @Test
    void rollsAFailedScriptBackAndSaysWhereItFailed() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);")
                .with("V2__broken.sql", "CREATE TABLE author (id int);\n\nALTER TABLE book\n  ADD COLUMN title txt\n");

        MigrationFailedException failure = catchThrowableOfType(
                MigrationFailedException.class, () -> migrator().build().migrate());

        assertThat(failure.failure().where()).isEqualTo("V2__broken.sql:4:20");
        assertThat(failure.failure().sqlState()).isEqualTo("42704");
        assertThat(failure)
                .hasMessageContaining("statement 2 of 2")
                .hasMessageContaining("  ADD COLUMN title txt\n")
                .hasMessageContaining("type \"txt\" does not exist")
                .hasMessageContaining("rolled V2__broken.sql back as a whole");
        assertThat(database.value("SELECT to_regclass('author') IS NULL")).isEqualTo("t");
        assertThat(database.column("SELECT state FROM schema_migrations ORDER BY id"))
                .containsExactly("applied", "failed");
    }

    @Test
    void buildsAnIndexConcurrentlyInTheMiddleOfAScript() {
        scripts.with("V1__book.sql", """
                CREATE TABLE book (id int, title text);
                INSERT INTO book SELECT i, 't' || i FROM generate_series(1, 1000) i;
                CREATE INDEX CONCURRENTLY book_title ON book (title);
                ALTER TABLE book ADD COLUMN isbn text;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'book_title'::regclass"))
                .isEqualTo("t");
        assertThat(database.column("SELECT state || ' ' || statements_done FROM schema_migrations"))
                .containsExactly("applied 4");
    }
}
