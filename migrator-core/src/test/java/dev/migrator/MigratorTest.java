package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

class MigratorTest extends DatabaseTest {

    @Test
    void appliesWhatIsPendingInOrderAndRecordsIt() {
        scripts.with("V2__book_title.sql", "ALTER TABLE book ADD COLUMN title text;\nCREATE INDEX ON book (title);")
                .with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);")
                .with("R__titles.sql", "CREATE OR REPLACE VIEW titles AS SELECT title FROM book;");

        MigrationReport report = migrator().build().migrate();

        assertThat(report.applied())
                .extracting(MigrationReport.Applied::script)
                .containsExactly("V1__book.sql", "V2__book_title.sql", "R__titles.sql");
        assertThat(report.summary()).startsWith("3 found, 3 applied, 0 skipped, ");
        assertThat(history())
                .containsExactly("1 versioned applied 1/1", "2 versioned applied 2/2", "titles repeatable applied 1/1");
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
    void runsARepeatableAgainWhenItHasChanged() {
        scripts.with("R__answer.sql", "CREATE OR REPLACE VIEW answer AS SELECT 41 AS value;");
        migrator().build().migrate();
        scripts.with("R__answer.sql", "CREATE OR REPLACE VIEW answer AS SELECT 42 AS value;");

        migrator().build().migrate();

        assertThat(database.value("SELECT value FROM answer")).isEqualTo("42");
        assertThat(history()).hasSize(2);
    }

    @Test
    void recordsWhoRanItAndWhere() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);");

        migrator().application("bookshop").build().migrate();

        assertThat(database.value("SELECT installed_by FROM schema_migrations")).isEqualTo("postgres");
        assertThat(database.value("SELECT instance FROM schema_migrations"))
                .contains("pid " + ProcessHandle.current().pid())
                .endsWith("bookshop");
        assertThat(database.value("SELECT duration_ms >= 0 AND started_at > now() - interval '1 minute'"
                        + " FROM schema_migrations"))
                .isEqualTo("t");
    }

    @Test
    void rollsAFailedScriptBackAndSaysWhereItFailed() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int PRIMARY KEY);")
                .with("V2__broken.sql", "CREATE TABLE author (id int);\n\nALTER TABLE book\n  ADD COLUMN title txt;\n");

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator());

        assertThat(failure).hasMessage("""
                Migration V2__broken.sql:4:20 failed, statement 2 of 2.

                      ADD COLUMN title txt
                                       ^

                PostgreSQL (SQLSTATE 42704): type "txt" does not exist

                Database: the server rolled V2__broken.sql back as a whole. One migration was applied before it by this \
                run, and stays.
                Next: Correct the script and start again; it will be run from its beginning.""");
        assertThat(database.value("SELECT to_regclass('author') IS NULL")).isEqualTo("t");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned failed 0/2");
        assertThat(database.value("SELECT error FROM schema_migrations WHERE state = 'failed'"))
                .isEqualTo("42704 type \"txt\" does not exist at V2__broken.sql:4:20");
    }

    @Test
    void runsAFailedScriptFromItsBeginningOnceItIsCorrected() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);\nALTER TABLE bok ADD COLUMN title text;");
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);\nALTER TABLE book ADD COLUMN title text;");

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned failed 0/2", "1 versioned applied 2/2");
    }

    @Test
    void isNotBuiltWithoutALocation() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> migrator().locations().build())
                .withMessageContaining("There is no location");
    }

    @Test
    void refusesAllProblemsAtOnceAndRunsNothing() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V3__c.sql", "CREATE TABLE c (id int);");
        migrator().build().migrate();
        scripts.with("V1__a.sql", "CREATE TABLE a (id bigint);")
                .with("V2__b.sql", "CREATE TABLE b (id int);")
                .with("V4__d.sql", "CREATE TABLE d (id int);")
                .with("V4__again.sql", "CREATE TABLE d (id int);")
                .with("V5__e.sql", "SELECT 'never closed;")
                .with("hello.sql", "SELECT 1;");

        ValidationFailedException failure =
                failure(ValidationFailedException.class, migrator().locations(scripts.location(), "classpath:nowhere"));

        assertThat(failure.problems())
                .extracting(problem -> problem.kind().name())
                .containsExactlyInAnyOrder(
                        "CHANGED", "OUT_OF_ORDER", "DUPLICATE", "UNREADABLE", "UNKNOWN_FILE", "LOCATION");
        assertThat(database.value("SELECT to_regclass('d') IS NULL")).isEqualTo("t");
        assertThat(failure).hasMessageContaining("6 problems").hasMessageContaining("nothing was run");
    }

    @Test
    void validatesWithoutRunningAnything() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("hello.sql", "SELECT 1;");

        assertThat(migrator().build().validate())
                .extracting(problem -> problem.kind().name())
                .containsExactly("UNKNOWN_FILE");
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void stopsAtTheTarget() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

        migrator().target("1").build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }

    @Test
    void runsOutOfOrderWhereThatIsAllowed() {
        scripts.with("V2__b.sql", "CREATE TABLE b (id int);");
        migrator().build().migrate();
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        migrator().outOfOrder(true).build().migrate();

        assertThat(history()).containsExactly("2 versioned applied 1/1", "1 versioned applied 1/1");
    }

    @Test
    void createsTheSchemaAndLetsScriptsFindItFirst() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nSET search_path = public;")
                .with("V2__b.sql", "CREATE TABLE b (id int);")
                .with("V3__c.sql", "CREATE INDEX CONCURRENTLY ON a (id);\nCREATE TABLE c (id int);");

        migrator().schema("Book shop").build().migrate();

        assertThat(database.column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'Book shop'"
                        + " ORDER BY 1"))
                .containsExactly("a", "b", "c", "schema_migrations");
    }

    @Test
    void keepsItsHistoryInATableOfAnotherName() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");

        migrator().table("Migrations \"of\" mine").build().migrate();

        assertThat(database.value("SELECT count(*) FROM \"Migrations \"\"of\"\" mine\""))
                .isEqualTo("1");
    }

    @Test
    void refusesADatabaseWithTablesAndWithoutAHistory() {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("has tables already, but no history")
                .hasMessageContaining("migrator.baseline.on-migrate=true");
    }

    @Test
    void takesADatabaseAsItStandsWhereItIsTold() {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

        migrator().baselineOnMigrate(true).baselineVersion("1").build().migrate();

        assertThat(history()).containsExactly("1 baseline applied 0/0", "2 versioned applied 1/1");
        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void recordsABaselineOnRequest() {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

        migrator().baselineVersion("1").build().baseline();
        migrator().build().migrate();

        assertThat(history()).containsExactly("1 baseline applied 0/0", "2 versioned applied 1/1");
    }

    @Test
    void startsBesideAHistoryThatIsAheadAndRunsNoRepeatable() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");
        migrator().build().migrate();
        scripts.without("V2__b.sql").with("R__old_view.sql", "CREATE VIEW old AS SELECT 1;");

        MigrationReport report = migrator().build().migrate();

        assertThat(report.applied()).isEmpty();
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("1 version above the highest")
                .contains("2.");
    }
}
