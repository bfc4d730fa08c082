package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

/** A failure says what, where, why, in which state the database is, and what to do. */
class FailureTextTest extends DatabaseTest {

    private Failure failureOf(String script) {
        scripts.with("V1__x.sql", script);
        return failure(MigrationFailedException.class, migrator()).failure();
    }

    @Test
    void aLineInADoBlockIsFound() {
        Failure failure = failureOf("SELECT 1;\n\nDO $$\nBEGIN\n    PERFORM 1;\n\tPERFORM 1 / 0;\nEND $$;\n");

        assertThat(failure.where()).isEqualTo("V1__x.sql:6:2");
        assertThat(failure.excerpt()).isEqualTo("\tPERFORM 1 / 0;\n\t^");
        assertThat(failure.statement()).isEqualTo(2);
        assertThat(failure.context()).contains("PL/pgSQL function inline_code_block line 4 at PERFORM");
    }

    @Test
    void aSyntaxErrorInAFunctionsBodyIsFound() {
        Failure failure = failureOf("""
                CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$
                BEGIN
                    RETRUN 1;
                END $f$;
                """);

        assertThat(failure.where()).isEqualTo("V1__x.sql:3:5");
        assertThat(failure.excerpt()).startsWith("    RETRUN 1;\n    ^");
    }

    @Test
    void aStatementThatFailsInAFunctionIsNamedWithIt() {
        Failure failure = failureOf("""
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$
                BEGIN
                    INSERT INTO nowhere VALUES (1);
                END $f$;
                SELECT f();
                """);

        assertThat(failure.where()).isEqualTo("V1__x.sql:5:1");
        assertThat(failure.describe())
                .contains("relation \"nowhere\" does not exist")
                .contains("PL/pgSQL function f() line 3 at SQL statement")
                .contains("Query: INSERT INTO nowhere VALUES (1)");
    }

    @Test
    void aViolatedConstraintIsNamedWithItsRow() {
        Failure failure =
                failureOf("CREATE TABLE t (id int CONSTRAINT small CHECK (id < 5));\nINSERT INTO t VALUES (7);");

        assertThat(failure.describe())
                .startsWith("Migration V1__x.sql:2:1 failed, statement 2 of 2.")
                .contains("SQLSTATE 23514")
                .contains("Detail: Failing row contains (7).")
                .contains("Constraint: small");
    }

    @Test
    void aDeferredConstraintIsLaidAtTheCommit() {
        Failure failure = failureOf("""
                CREATE TABLE a (id int PRIMARY KEY);
                CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO b VALUES (1);
                """);

        assertThat(failure.statement()).isZero();
        assertThat(failure.describe())
                .contains("The transaction could not be committed")
                .contains("Key (a)=(1) is not present in table \"a\"");
    }

    @Test
    void aColumnBehindWideCharactersAndTabsIsCountedInCharacters() {
        assertThat(failureOf("SELECT\t'äöü 😀', nothing;").where()).isEqualTo("V1__x.sql:1:17");
    }

    @Test
    void aHintOfTheServerIsPassedOn() {
        assertThat(failureOf("CREATE TABLE t (title text);\nSELECT titel FROM t;")
                        .describe())
                .contains("Hint: Perhaps you meant to reference the column \"t.title\".");
    }
}
