package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance dies between a statement outside of a transaction and its checkpoint, or while the statement runs. */
class HiddenOutcomeTest extends DatabaseTest {

    private static final String CALL = "CALL add_two();";

    @BeforeEach
    void setUp() {
        scripts.with("V1__book.sql", """
                CREATE TABLE book (id int, title text);
                INSERT INTO book SELECT i, 't' || i FROM generate_series(1, 100) i;
                CREATE INDEX book_title ON book (title);
                CREATE TABLE sale (id int) PARTITION BY RANGE (id);
                CREATE TABLE sale_1 PARTITION OF sale FOR VALUES FROM (0) TO (10);
                CREATE TABLE called (id int);
                CREATE PROCEDURE add_two() LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO called VALUES (1); COMMIT; INSERT INTO called VALUES (2); END $$;
                """);
        migrator().build().migrate();
    }

    private void dieAtTheCheckpoint() {
        atTheCheckpoint("PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10);");
    }

    private void atTheCheckpoint(String block) {
        database.execute(
                "CREATE FUNCTION at_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + block
                        + " RETURN NEW; END $$",
                "CREATE TRIGGER at_checkpoint BEFORE UPDATE ON schema_migrations FOR EACH ROW"
                        + " WHEN (NEW.statements_done > OLD.statements_done) EXECUTE FUNCTION at_checkpoint()");
    }

    private void dieNoMore() {
        database.execute("DROP FUNCTION at_checkpoint CASCADE");
    }

    private void dieBehind(String statement) {
        scripts.with("V2__bare.sql", statement);
        dieAtTheCheckpoint();
        assertThat(failure(DatabaseUnreachableException.class, migrator()).databaseState())
                .contains("But statement 1 may be done, in whole or in part: the next start looks");
        dieNoMore();
        assertThat(history()).last().asString().startsWith("2 versioned running 0/");
    }

    private void assertCarriedOn() {
        migrator().build().migrate();

        assertThat(history())
                .containsExactly("1 versioned applied 7/7", "2 versioned interrupted 0/1", "2 versioned applied 1/1");
    }

    private List<String> indexes() {
        return database.column("SELECT c.relname || ' ' || i.indisvalid FROM pg_index i JOIN pg_class c"
                + " ON c.oid = i.indexrelid WHERE i.indrelid = 'book'::regclass ORDER BY 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY ON book (id)",
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS book_id_idx ON book (id)",
            })
    void anIndexThatWasBuiltIsNotBuiltAgain(String statement) {
        dieBehind(statement);

        assertCarriedOn();
        assertThat(indexes()).containsExactly("book_id_idx true", "book_title true");
    }

    /** A backend does not see at once that its connection is gone. */
    @Test
    void anIndexThatTheOldBackendBuildsToItsEndMeanwhileIsNotBuiltAgain() throws Exception {
        dieBehind("CREATE INDEX CONCURRENTLY ON book (id)");
        database.execute("DROP INDEX book_id_idx");
        try (Connection reader = database.dataSource().getConnection();
                Connection old = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("LOCK TABLE book IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> build =
                    inThread(() -> old.createStatement().execute("CREATE INDEX CONCURRENTLY ON book (id)"));
            await().until(() -> indexes().contains("book_id_idx false"));
            CompletableFuture<Void> run = inThread(() -> migrator().build().migrate());
            await().until(() -> database.column("SELECT state FROM schema_migrations ORDER BY id DESC LIMIT 1")
                    .contains("running"));
            Thread.sleep(200);
            reader.rollback();

            build.orTimeout(1, TimeUnit.MINUTES).join();
            run.orTimeout(1, TimeUnit.MINUTES).join();
        }

        assertThat(indexes()).containsExactly("book_id_idx true", "book_title true");
    }

    @Test
    void anIndexIsStillLookedForWhereTheRunThatWasToDoSoWasCancelled() {
        dieBehind("CREATE INDEX CONCURRENTLY ON book (id)");
        database.execute(
                "CREATE FUNCTION wait_a_second() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$",
                "CREATE TRIGGER t AFTER INSERT ON schema_migrations FOR EACH ROW WHEN (new.state = 'running')"
                        + " EXECUTE FUNCTION wait_a_second()");
        Migrator migrator = migrator().build();
        CompletableFuture<Void> run = inThread(migrator::migrate);
        await().until(() -> !database.column("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                        + " AND datname = current_database()")
                .isEmpty());

        migrator.cancel();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> run.orTimeout(1, TimeUnit.MINUTES).join())
                .withCauseInstanceOf(RunCancelledException.class);
        database.execute("DROP TRIGGER t ON schema_migrations");
        migrator().build().migrate();
        assertThat(indexes()).containsExactly("book_id_idx true", "book_title true");
    }

    private interface Work {

        void run() throws Exception;
    }

    private static CompletableFuture<Void> inThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                })
                .start();
        return done;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP INDEX CONCURRENTLY book_title",
                "drop index concurrently /* by name */ public.\"book_title\" RESTRICT",
                "DROP INDEX CONCURRENTLY IF EXISTS book_title",
            })
    void anIndexThatWasDroppedIsNotDroppedAgain(String statement) {
        dieBehind(statement);

        assertCarriedOn();
        assertThat(indexes()).isEmpty();
    }

    @Test
    void aPartitionThatWasDetachedIsNotDetachedAgain() {
        dieBehind("ALTER TABLE sale DETACH PARTITION sale_1 CONCURRENTLY");

        assertCarriedOn();
        assertThat(database.column("SELECT inhrelid FROM pg_inherits")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX TABLE CONCURRENTLY book",
                "REINDEX (VERBOSE, CONCURRENTLY) INDEX book_title",
                "REINDEX SCHEMA CONCURRENTLY public",
                "VACUUM (ANALYZE) book",
                "CLUSTER",
            })
    void whatDoesNoHarmIsExecutedAgain(String statement) {
        dieBehind(statement);

        assertCarriedOn();
        assertThat(indexes()).containsExactly("book_title true");
    }

    @Test
    void aDatabaseThatWasCreatedOrDroppedIsNotCreatedOrDroppedAgain() {
        String other = database.name() + "_other";
        try {
            dieBehind("CREATE DATABASE " + other);
            assertCarriedOn();

            scripts.with("V3__drop.sql", "DROP DATABASE " + other);
            dieAtTheCheckpoint();
            failure(DatabaseUnreachableException.class, migrator());
            dieNoMore();
            migrator().build().migrate();

            assertThat(history()).endsWith("3 versioned interrupted 0/1", "3 versioned applied 1/1");
            assertThat(database.column("SELECT 1 FROM pg_database WHERE datname = '" + other + "'"))
                    .isEmpty();
        } finally {
            database.execute("DROP DATABASE IF EXISTS " + other);
        }
    }

    @Test
    void aTablespaceThatWasCreatedIsNotCreatedAgain() {
        String space = "space_of_" + database.name();
        database.execute("ALTER DATABASE " + database.name() + " SET allow_in_place_tablespaces = on");
        try {
            dieBehind("CREATE TABLESPACE " + space + " LOCATION ''");

            assertCarriedOn();
        } finally {
            database.execute("DROP TABLESPACE IF EXISTS " + space);
        }
    }

    @Test
    void aSubscriptionThatWasDroppedIsNotDroppedAgain() {
        database.execute("CREATE SUBSCRIPTION \"My Books\" CONNECTION 'dbname=none' PUBLICATION p"
                + " WITH (connect = false, slot_name = NONE)");
        dieBehind("DROP SUBSCRIPTION \"My Books\"");

        assertCarriedOn();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO called VALUES (7) | 1",
                "COPY called FROM STDIN;\\n7\\n8\\n\\. | 2",
                "DO $$ BEGIN INSERT INTO called VALUES (7); END $$ | 1",
            })
    void whatCanRunInATransactionRunsExactlyOnceWhereTheScriptWantsNone(String statement, String rows) {
        scripts.with("V2__bare.sql", "-- migrator: transaction=none\n" + statement.replace("\\n", "\n"));
        dieAtTheCheckpoint();
        failure(DatabaseUnreachableException.class, migrator());
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("0");
        dieNoMore();

        assertCarriedOn();
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo(rows);
    }

    @Test
    void aNewEnumValueIsAddedOnce() {
        database.execute("CREATE TYPE mood AS ENUM ('glad')");
        scripts.with("V2__bare.sql", "-- migrator: transaction=none\nALTER TYPE mood ADD VALUE 'sad';");
        dieAtTheCheckpoint();
        failure(DatabaseUnreachableException.class, migrator());
        dieNoMore();

        assertCarriedOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-- migrator: transaction=none\n"})
    void aCallThatCommitsIsNotRepeatedAndNamed(String head) {
        dieBehind(head + CALL);
        int line = head.isEmpty() ? 1 : 2;

        for (int start = 1; start <= 2; start++) {
            MigrationFailedException failure = failure(MigrationFailedException.class, migrator());
            assertThat(failure.description())
                    .startsWith("Migration V2__bare.sql:" + line + ":1 failed, statement 1 of 1.")
                    .contains("CALL add_two()\n    ^")
                    .contains("An earlier run ended before it knew what became of statement 1 (")
                    .endsWith("), and the server cannot tell whether, or how far, the statement was done.");
            assertThat(failure.databaseState())
                    .isEqualTo("nothing of V2__bare.sql is done. But statement 1 may be done, in whole or in part;"
                            + " it was not run again. No other migration was applied by this run.");
            assertThat(failure.action())
                    .contains("'repair V2__bare.sql --resume-after 1', or Repair.resumeAfter(1)")
                    .contains("'repair V2__bare.sql --retry', or Repair.retry()")
                    .contains("'repair V2__bare.sql --mark-applied', or Repair.markApplied()");
        }

        assertThat(history()).containsExactly("1 versioned applied 7/7", "2 versioned interrupted 0/1");
        assertThat(database.column("SELECT id FROM called ORDER BY 1")).containsExactly("1", "2");
        assertThat(migrator().build().status().migrations().get(1).error())
                .isEqualTo("the instance died while statement 1 of 1 ran outside of a transaction");
    }

    @Test
    void aDoBlockThatCommitsIsNotRepeatedWhereStatementsBeforeAndBehindItCanRunInATransaction() {
        scripts.with("V2__bare.sql", """
                INSERT INTO called VALUES (7);
                DO $$ BEGIN INSERT INTO called VALUES (1); COMMIT; END $$;
                INSERT INTO called VALUES (9);
                """);
        atTheCheckpoint("IF NEW.statements_done = 2 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
                + " PERFORM pg_sleep(10); END IF;");
        failure(DatabaseUnreachableException.class, migrator());
        dieNoMore();

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator());

        assertThat(failure.description()).startsWith("Migration V2__bare.sql:2:1 failed, statement 2 of 3.");
        assertThat(failure.databaseState()).startsWith("statements 1 to 1 of 3 of V2__bare.sql are done and stay.");

        migrator().build().repair(Repair.resumeAfter(2));
        migrator().build().migrate();

        assertThat(database.column("SELECT id FROM called ORDER BY 1")).containsExactly("1", "7", "9");
    }

    @Test
    void aStatementWhoseCheckpointCouldNotBeWrittenIsNotRepeated() {
        scripts.with("V2__bare.sql", CALL);
        atTheCheckpoint("RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';");
        MigrationFailedException unwritten = failure(MigrationFailedException.class, migrator());
        assertThat(unwritten)
                .hasMessageContaining("The checkpoint behind statement 1, which is done, could not be written");
        assertThat(unwritten.databaseState())
                .isEqualTo("nothing of V2__bare.sql is done. But statement 1 may be done, in whole or in part:"
                        + " the next start looks, and stops where the server cannot tell. No other migration was applied by"
                        + " this run.");
        dieNoMore();

        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("the server cannot tell whether, or how far");
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("2");
    }

    @Test
    void aStatementThatFailedByTheServersWordIsRunAgain() {
        String script = "DO $$ BEGIN COMMIT; INSERT INTO called VALUES (1 / %d); END $$;";
        scripts.with("V2__bare.sql", script.formatted(0));
        failure(MigrationFailedException.class, migrator());
        scripts.with("V2__bare.sql", script.formatted(1));

        migrator().build().migrate();

        assertThat(history()).endsWith("2 versioned failed 0/1", "2 versioned applied 1/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN COMMIT; PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(10); END $$",
                "-- migrator: transaction=none\nDO $$ BEGIN COMMIT; PERFORM pg_terminate_backend(pg_backend_pid()),"
                        + " pg_sleep(10); END $$",
            })
    void aConnectionThatIsLostInTheMiddleSaysThatTheOutcomeIsNotKnown(String statement) {
        scripts.with("V2__bare.sql", statement);

        assertThat(failure(DatabaseUnreachableException.class, migrator()).databaseState())
                .isEqualTo("V2__bare.sql is not recorded as applied: nothing of V2__bare.sql is done. But statement 1"
                        + " may be done, in whole or in part: the next start looks, and stops where the server cannot tell. No other"
                        + " migration was applied by this run.");
        assertThat(failure(MigrationFailedException.class, migrator()))
                .hasMessageContaining("the server cannot tell whether, or how far");
    }

    /** Runs V2 while another session holds a lock, and ends its backend as soon as the condition holds. */
    private void killWhen(String condition, String blocking, String endOfBackend) throws SQLException {
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute(blocking);
            CompletableFuture<Void> run =
                    CompletableFuture.runAsync(() -> failure(MigratorException.class, migrator()));
            await().until(() -> database.value(condition).equals("t"));
            database.execute("SELECT " + endOfBackend + "(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
            other.rollback();
            run.orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    @Test
    void aPartitionThatIsHalfDetachedIsDetachedToTheEnd() throws SQLException {
        scripts.with("V2__bare.sql", "ALTER TABLE sale DETACH PARTITION sale_1 CONCURRENTLY");
        killWhen("SELECT inhdetachpending FROM pg_inherits", "TABLE sale", "pg_terminate_backend");
        assertThat(database.value("SELECT inhdetachpending FROM pg_inherits")).isEqualTo("t");

        assertCarriedOn();
        assertThat(database.column("SELECT inhrelid FROM pg_inherits")).isEmpty();
    }

    @Test
    void anIndexThatIsHalfDroppedIsDropped() throws SQLException {
        scripts.with("V2__bare.sql", "DROP INDEX CONCURRENTLY book_title");
        killWhen(
                "SELECT NOT indisvalid FROM pg_index WHERE indexrelid = 'book_title'::regclass",
                "INSERT INTO book VALUES (0, 'x')",
                "pg_terminate_backend");
        assertThat(indexes()).containsExactly("book_title false");

        assertCarriedOn();
        assertThat(indexes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX INDEX CONCURRENTLY book_title",
                "REINDEX (CONCURRENTLY) TABLE public.book",
                "REINDEX SCHEMA CONCURRENTLY public",
            })
    void aReindexThatWasCutOffLeavesNoInvalidIndex(String statement) throws SQLException {
        scripts.with("V2__bare.sql", statement);
        killWhen(
                "SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'book'::regclass AND NOT indisvalid",
                "INSERT INTO book VALUES (0, 'x')",
                "pg_terminate_backend");
        assertThat(indexes()).containsExactly("book_title true", "book_title_ccnew false");

        assertCarriedOn();
        assertThat(indexes()).containsExactly("book_title true");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("0");
    }

    @Test
    void aReindexThatFailsLeavesNoInvalidIndex() throws SQLException {
        scripts.with("V2__bare.sql", "REINDEX TABLE CONCURRENTLY book");
        killWhen(
                "SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'book'::regclass AND NOT indisvalid",
                "INSERT INTO book VALUES (0, 'x')",
                "pg_cancel_backend");

        assertThat(history()).last().isEqualTo("2 versioned failed 0/1");
        assertThat(indexes()).containsExactly("book_title true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET\n  search_path = shop;",
                "set\tsearch_path to shop;",
                "SELECT\n  pg_catalog . set_config('search_path', 'shop', false);",
                "BEGIN; SET search_path = shop; COMMIT; BEGIN; SET search_path = public; ROLLBACK;",
                "SET search_path = public; DISCARD TEMP; SET/* where */search_path = shop;",
            })
    void aStatementIsLookedForWhereTheScriptHadSetItsSearchPath(String setting) {
        database.execute("CREATE SCHEMA shop", "CREATE TABLE shop.shelf (id int)");
        database.execute("CREATE INDEX shelf_id ON shop.shelf (id)", "CREATE INDEX shelf_id ON book (id)");
        scripts.with(
                "V2__bare.sql", setting + "\nVACUUM shelf;\nDROP INDEX CONCURRENTLY shelf_id;\nCREATE TABLE x ();");
        atTheCheckpoint("IF NEW.statements_done = NEW.statements_total - 1 THEN PERFORM"
                + " pg_terminate_backend(pg_backend_pid()), pg_sleep(10); END IF;");
        failure(DatabaseUnreachableException.class, migrator());
        dieNoMore();

        migrator().build().migrate();

        assertThat(database.column(
                        "SELECT indexrelid::regclass FROM pg_index WHERE indexrelid::regclass::text ~ 'shelf_id'"))
                .containsExactly("shelf_id");
        assertThat(database.value("SELECT to_regclass('shop.x')")).isEqualTo("shop.x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM book;\nCALL add_two();",
                "CREATE INDEX CONCURRENTLY ON book (id);\nCALL add_two();",
                "VACUUM book;",
            })
    void aStatementThatWasMendedWhileItsOutcomeIsHiddenIsNotTakenForIt(String mended) {
        dieBehind(CALL);
        scripts.with("V2__bare.sql", mended);

        MigrationFailedException failure = failure(MigrationFailedException.class, migrator());

        assertThat(failure.description())
                .startsWith("Migration V2__bare.sql:1:1 failed, statement 1 of ")
                .contains("), and the script has been changed since: what ran then may have been another statement.");
        assertThat(failure.action()).contains("'repair V2__bare.sql --retry', or Repair.retry()");
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("2");
        assertThat(history()).last().isEqualTo("2 versioned interrupted 0/1");

        migrator().build().repair(Repair.resumeAfter(0));
        migrator().build().migrate();
        assertThat(history())
                .endsWith("2 versioned applied " + mended.split("\n").length + "/" + mended.split("\n").length);
    }

    @Test
    void whatStandsBehindAHiddenStatementMayBeMended() {
        dieBehind("CREATE INDEX CONCURRENTLY ON book (id);\nSELECT 1;");
        scripts.with("V2__bare.sql", "CREATE INDEX CONCURRENTLY ON book (id);\nSELECT 2;");

        migrator().build().migrate();

        assertThat(indexes()).containsExactly("book_id_idx true", "book_title true");
    }

    @Test
    void aNameWithUnusualLettersIsFoundAsThePostgresWritesIt() {
        dieBehind("CREATE INDEX CONCURRENTLY Ärger ON book (id)");

        assertCarriedOn();
        assertThat(indexes()).containsExactly("book_title true", "Ärger true");
    }

    @Test
    void anUnfinishedRepeatableThatWasChangedDoesNotSeemToRunForEver() {
        scripts.with("R__fill.sql", CALL);
        dieAtTheCheckpoint();
        failure(DatabaseUnreachableException.class, migrator());
        dieNoMore();
        scripts.with("R__fill.sql", "SELECT 1;");

        migrator().build().migrate();

        assertThat(history())
                .containsExactly(
                        "1 versioned applied 7/7", "fill repeatable interrupted 0/1", "fill repeatable applied 1/1");
    }

    @Test
    void aVersionThatMayBeDoneIsMissedWhenItsScriptIsGone() {
        scripts.with("V3__later.sql", "SELECT 1;");
        scripts.with("V2__bare.sql", CALL);
        atTheCheckpoint("RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';");
        failure(MigrationFailedException.class, migrator());
        dieNoMore();
        assertThat(history()).last().isEqualTo("2 versioned failed 0/1");
        scripts.without("V2__bare.sql");

        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("Version 2 (V2__bare.sql) is failed in the history, and is not found here.");
    }
}
