package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script is cut into, and where it goes on after a failure. */
class SegmentsTest extends DatabaseTest {

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
        assertThat(history()).containsExactly("1 versioned applied 4/4");
    }

    @Test
    void keepsWhatIsDoneOutsideOfATransactionAndGoesOnThere() {
        scripts.with("V1__book.sql", """
                CREATE TABLE book (id int);
                CREATE INDEX CONCURRENTLY ON book (id);
                INSERT INTO book VALUES (1);
                INSERT INTO bok VALUES (2);
                """);

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator());

        assertThat(failure.databaseState())
                .isEqualTo("statements 1 to 2 of 4 of V1__book.sql are done and stay."
                        + " No other migration was applied by this run.");
        assertThat(failure.action()).contains("may be mended behind that statement, not before");
        assertThat(history()).containsExactly("1 versioned failed 2/4");
        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("0");

        scripts.with("V1__book.sql", """
                CREATE TABLE book (id int);
                CREATE INDEX CONCURRENTLY ON book (id);
                INSERT INTO book VALUES (1);
                INSERT INTO book VALUES (2);
                """);
        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned failed 2/4", "1 versioned applied 4/4");
        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("2");
        assertThat(database.value("SELECT count(*) FROM pg_indexes WHERE tablename = 'book'"))
                .isEqualTo("1");
        assertThat(migrator().build().migrate().applied()).isEmpty();
    }

    @Test
    void refusesAScriptThatWasChangedBeforeItsCheckpoint() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);\nVACUUM book;\nSELECT 1 / 0;");
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__book.sql", "CREATE TABLE book (id bigint);\nVACUUM book;\nSELECT 1;");

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("the script was changed before statement 3")
                .hasMessageContaining("statements 1 to 2 of 3 of V1__book.sql are done and stay");
    }

    @Test
    void setsAgainWhatTheScriptHadSetBeforeItsCheckpoint() {
        database.execute("CREATE SCHEMA shop");
        String script =
                "SET search_path = shop;\nCREATE TABLE book (id int);\nVACUUM book;\nINSERT INTO book VALUES (%s);";
        scripts.with("V1__book.sql", script.formatted("'x'"));
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__book.sql", script.formatted("1"));

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM shop.book")).isEqualTo("1");
    }

    @Test
    void goesOnBehindACopy() {
        String script = "CREATE TABLE book (id int);\nVACUUM book;\nCOPY book FROM STDIN;\n1\n2\n\\.\nVACUUM %s;";
        scripts.with("V1__book.sql", script.formatted("bok"));
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__book.sql", script.formatted("book"));

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned failed 3/4", "1 versioned applied 4/4");
        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("2");
    }

    @Test
    void refusesACopyWhoseDataWereChangedBeforeTheCheckpoint() {
        String script = "CREATE TABLE book (id int);\nVACUUM book;\nCOPY book FROM STDIN;\n%d\n\\.\nVACUUM bok;";
        scripts.with("V1__book.sql", script.formatted(1));
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__book.sql", script.formatted(2));

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("the script was changed before statement 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-- migrator: transaction=none\n"})
    void aScriptThatDeletesItsRunningRowIsNotReportedAsApplied(String head) {
        scripts.with(
                "V1__book.sql", head + "CREATE TABLE book (id int);\nVACUUM book;\nDELETE FROM schema_migrations;");

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("This migration's running row is no longer in the history")
                .hasMessageContaining("statements 1 to 2 of 3 of V1__book.sql are done and stay");
    }

    @Test
    void goesOnBehindAnInstanceThatDied() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);\nVACUUM book;\nSELECT 1 / 0;");
        failure(MigrationFailedException.class, migrator());
        database.execute("UPDATE schema_migrations SET state = 'running', error = NULL, duration_ms = NULL");
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);\nVACUUM book;\nSELECT 1;");

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned interrupted 2/3", "1 versioned applied 3/3");
    }

    @Test
    void runsAScriptsOwnTransactionTogetherWithItsHistoryRow() {
        scripts.with("V1__book.sql", """
                BEGIN;
                CREATE TABLE book (id int);
                INSERT INTO book VALUES (1);
                COMMIT;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT (SELECT xmin FROM book) = (SELECT xmin FROM schema_migrations)"))
                .isEqualTo("t");
    }

    @Test
    void usesANewEnumValueInTheSameScript() {
        scripts.with("V1__state.sql", "CREATE TYPE state AS ENUM ('new');\nCREATE TABLE task (state state);")
                .with("V2__done.sql", "ALTER TYPE state ADD VALUE 'done';\nINSERT INTO task VALUES ('done');");

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 2/2", "2 versioned applied 2/2");
    }

    @Test
    void runsStatementByStatementWhereTheScriptSaysSo() {
        scripts.with("V1__fill.sql", """
                -- migrator: transaction=none
                CREATE TABLE book (id int PRIMARY KEY);
                INSERT INTO book VALUES (1);
                INSERT INTO book VALUES (1);
                """);

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("statements 1 to 2 of 3 of V1__fill.sql are done and stay");
        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("1");
    }

    @Test
    void callsAFunctionForEveryRowOfASelect() {
        scripts.with("V1__calls.sql", """
                CREATE TABLE called (id int);
                CREATE FUNCTION call(i int) RETURNS int LANGUAGE sql AS $$ INSERT INTO called VALUES (i); SELECT i; $$;
                SELECT call(i) FROM generate_series(1, 5) i;
                WITH numbers AS (SELECT generate_series(6, 10) i) SELECT call(i) FROM numbers;
                VALUES (call(11)), (call(12));
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("12");
    }

    @Test
    void sendsCopyDataFromTheScript() {
        scripts.with("V1__copy.sql", """
                CREATE TABLE book (id int, title text);
                COPY book FROM STDIN;
                1\tone; or two
                2\t\\N
                \\.
                COPY book FROM STDIN WITH (FORMAT csv, HEADER);
                id,title
                3,"three, or four"
                \\.
                ALTER TABLE book ADD COLUMN isbn text;
                """);

        migrator().build().migrate();

        assertThat(database.column("SELECT title FROM book ORDER BY id"))
                .containsExactly("one; or two", null, "three, or four");
    }

    @Test
    void sendsMoreStatementsThanFitIntoOneBatch() {
        StringBuilder script = new StringBuilder("CREATE TABLE number (n int PRIMARY KEY);\n");
        for (int i = 0; i < 3000; i++) {
            script.append("INSERT INTO number VALUES (").append(i).append(");\n");
        }
        scripts.with("V1__numbers.sql", script.toString());

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM number")).isEqualTo("3000");
        assertThat(history()).containsExactly("1 versioned applied 3001/3001");
    }

    @Test
    void leavesQuestionMarksAndBracesAsTheyAre() {
        scripts.with("V1__json.sql", """
                CREATE TABLE doc AS SELECT '{"a": 1}'::jsonb ? 'a' AS has, '{d 2026-01-01}' AS braces;
                CREATE RULE quiet AS ON INSERT TO doc DO ALSO (SELECT 1; SELECT 2);
                CREATE FUNCTION f(i int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN i > 0 THEN 1 ELSE 2 END; SELECT 3; END;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT has || braces FROM doc")).isEqualTo("true{d 2026-01-01}");
    }
}
