package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

/** BEGIN, COMMIT and ROLLBACK in scripts mean what they mean in psql, and each transaction is a checkpoint. */
class TransactionControlTest extends DatabaseTest {

    /** How many transactions wrote the table's rows: {@code xmin} is the one that wrote a row. */
    private String transactions() {
        return database.value("SELECT count(DISTINCT xmin::text) FROM t");
    }

    @Test
    void severalTransactionsOfAScriptStaySeveral() {
        scripts.with("V1__t.sql", """
                BEGIN;
                CREATE TABLE t (id int);
                INSERT INTO t VALUES (1), (2);
                COMMIT;
                BEGIN;
                INSERT INTO t VALUES (3);
                END;
                """);

        migrator().build().migrate();

        assertThat(transactions()).isEqualTo("2");
        assertThat(history()).containsExactly("1 versioned applied 3/3");
    }

    @Test
    void theSecondTransactionsFailureKeepsTheFirst() {
        scripts.with(
                "V1__t.sql",
                "BEGIN;\nCREATE TABLE t (id int);\nCOMMIT;\nBEGIN;\nINSERT INTO t VALUES (1 / 0);\nCOMMIT;");

        assertThat(failure(MigrationFailedException.class, migrator()).databaseState())
                .startsWith("statements 1 to 1 of 2 of V1__t.sql are done and stay.");
        assertThat(history()).containsExactly("1 versioned failed 1/2");
    }

    @Test
    void aBareCommitEndsASegmentAndBeginsTheNext() {
        scripts.with(
                "V1__t.sql", "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\nCOMMIT;\nINSERT INTO t VALUES (2);");

        migrator().build().migrate();

        assertThat(transactions()).isEqualTo("2");
    }

    @Test
    void commitAndChainKeepsTheIsolationLevel() {
        scripts.with("V1__t.sql", """
                START TRANSACTION ISOLATION LEVEL REPEATABLE READ;
                CREATE TABLE t AS SELECT current_setting('transaction_isolation') AS level;
                COMMIT AND CHAIN;
                INSERT INTO t SELECT current_setting('transaction_isolation');
                COMMIT;
                """);

        migrator().build().migrate();

        assertThat(database.column("SELECT level FROM t")).containsExactly("repeatable read", "repeatable read");
        assertThat(transactions()).isEqualTo("2");
    }

    @Test
    void whatAScriptRollsBackHasNoEffectAndIsDone() {
        scripts.with("V1__t.sql", """
                CREATE TABLE t (id int);
                BEGIN;
                INSERT INTO t VALUES (1);
                ROLLBACK;
                INSERT INTO t VALUES (2);
                """);

        migrator().build().migrate();

        assertThat(database.column("SELECT id FROM t")).containsExactly("2");
        assertThat(history()).containsExactly("1 versioned applied 3/3");
    }

    @Test
    void aSavepointIsNoBorder() {
        scripts.with("V1__t.sql", """
                CREATE TABLE t (id int);
                SAVEPOINT a;
                INSERT INTO t VALUES (1);
                ROLLBACK TO SAVEPOINT a;
                RELEASE SAVEPOINT a;
                INSERT INTO t VALUES (2);
                """);

        migrator().build().migrate();

        assertThat(database.column("SELECT id FROM t")).containsExactly("2");
    }

    @Test
    void aTransactionThatIsNeverEndedIsRefusedWithItsLine() {
        scripts.with("V1__t.sql", "SELECT 1;\nBEGIN;\nCREATE TABLE t (id int);");

        assertThat(failure(ValidationFailedException.class, migrator())).hasMessageContaining("V1__t.sql:2:1");
    }

    @Test
    void setTransactionAndSetLocalWorkInTheScriptsOwnTransaction() {
        scripts.with("V1__t.sql", """
                BEGIN;
                SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                SET LOCAL work_mem = '9MB';
                CREATE TABLE t AS SELECT current_setting('transaction_isolation') || current_setting('work_mem') AS s;
                COMMIT;
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT s FROM t")).isEqualTo("serializable9MB");
    }
}
