package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;

/** What only the server knows is cut there, and run again. */
class RefusalTest extends DatabaseTest {

    @Test
    void aProcedureThatCommitsRunsByItself() {
        scripts.with("V1__call.sql", """
                CREATE TABLE t (id int);
                CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$
                BEGIN
                    FOR i IN 1..3 LOOP INSERT INTO t VALUES (i); COMMIT; END LOOP;
                END $$;
                CALL fill();
                INSERT INTO t VALUES (4);
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("4");
        assertThat(history()).containsExactly("1 versioned applied 4/4");
    }

    @Test
    void aDoBlockThatCommitsRunsByItself() {
        scripts.with("V1__do.sql", "CREATE TABLE t (id int);\nDO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;");

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aPartitionedTableIsReindexed() {
        scripts.with("V1__reindex.sql", """
                CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
                REINDEX TABLE t;
                INSERT INTO t VALUES (1);
                """);

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 4/4");
    }

    @Test
    void pendingTriggerEventsAreSettledByACommit() {
        scripts.with("V1__deferred.sql", """
                CREATE TABLE author (id int PRIMARY KEY);
                CREATE TABLE book (id int, author int REFERENCES author DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO author VALUES (1);
                INSERT INTO book VALUES (1, 1);
                ALTER TABLE book ADD COLUMN title text;
                INSERT INTO book VALUES (2, 1, 'x');
                ALTER TABLE book ALTER COLUMN title SET DEFAULT '';
                """);

        migrator().build().migrate();

        assertThat(database.value("SELECT count(*) FROM book")).isEqualTo("2");
        assertThat(history()).containsExactly("1 versioned applied 7/7");
    }

    @Test
    void theScriptsOwnTransactionIsNotCut() {
        scripts.with("V1__own.sql", """
                BEGIN;
                CREATE TABLE t (id int);
                DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;
                COMMIT;
                """);

        assertThat(failure(MigrationFailedException.class, migrator()).failure().sqlState())
                .isEqualTo("2D000");
        assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("t");
    }

    @Test
    void aFailureBehindTheCutKeepsTheCheckpoint() {
        scripts.with("V1__do.sql", """
                CREATE TABLE t (id int);
                DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;
                INSERT INTO t VALUES (1 / 0);
                """);
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__do.sql", """
                CREATE TABLE t (id int);
                DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;
                INSERT INTO t VALUES (2);
                """);

        migrator().build().migrate();

        assertThat(history()).containsExactly("1 versioned failed 2/3", "1 versioned applied 3/3");
        assertThat(database.column("SELECT id FROM t ORDER BY 1")).containsExactly("1", "2");
    }
}
