package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.backup.RestorePhase;
import dev.migrator.crash.SmallDisk;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A restore where others do not keep still, the line breaks, or the server is set up in an unfriendly way. */
class RestoreAmidTroubleTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static final String ROWS = "CREATE TABLE t (n int); INSERT INTO t SELECT generate_series(1, 100);";

    private static InstalledPostgres server;

    @TempDir
    Path folder;

    private Scripts scripts;
    private String database;

    @BeforeAll
    static void start() {
        server = InstalledPostgres.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createDatabase() {
        database = "shop" + COUNTER.incrementAndGet();
        server.createDatabase(database);
        scripts = new Scripts(folder.resolve("scripts"));
    }

    private MigratorBuilder migrator() {
        return migrator((PGSimpleDataSource) server.dataSource(database));
    }

    private MigratorBuilder migrator(PGSimpleDataSource dataSource) {
        return Migrator.builder(dataSource).locations(scripts.location()).backup(options(0));
    }

    private BackupOptions options(int keep) {
        return new BackupOptions(
                BackupMode.AUTO, folder, BackupOptions.DEFAULT.format(), 2, 1L << 30, keep, null, server.bin());
    }

    private Path dumped(String script) {
        scripts.with("V1__all.sql", script);
        migrator().build().migrate();
        return Path.of(migrator().build().backup().name());
    }

    private PGSimpleDataSource dataSource(String role, int port) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) server.dataSource(database);
        dataSource.setUser(role);
        dataSource.setPortNumbers(new int[] {port});
        return dataSource;
    }

    private List<String> databases() {
        return server.column(
                "postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + database + "%' ORDER BY datname");
    }

    private List<String> rows() {
        return server.column(database, "SELECT count(*) FROM t");
    }

    private static void await(String database, String query) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.column(database, query).isEmpty()) {
            assertThat(System.nanoTime()).as("waiting for %s", query).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aPoolThatComesBackAtOnceDoesNotKeepTheDatabase() {
        Path file = dumped(ROWS);
        server.execute(database, "DELETE FROM t");
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger connections = new AtomicInteger();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(CompletableFuture.runAsync(
                    () -> {
                        while (!ended.get()) {
                            try (Connection other = server.dataSource(database).getConnection()) {
                                connections.incrementAndGet();
                                while (!ended.get() && other.isValid(5)) {
                                    Thread.onSpinWait();
                                }
                            } catch (SQLException e) {
                                // ended again
                            }
                        }
                    },
                    task -> new Thread(task).start()));
        }
        try {
            Awaitility.await().until(() -> connections.get() == 8);

            RestoreReport report = migrator().build().restore(Restore.of(file).terminating());

            assertThat(databases()).containsExactly(database, report.keptAs());
            // the restore ended the session of each, and may be done before the first of them is back
            Awaitility.await().until(() -> connections.get() >= 16);
        } finally {
            ended.set(true);
            others.forEach(one -> one.orTimeout(1, TimeUnit.MINUTES).join());
        }
        assertThat(rows()).containsExactly("100");
    }

    @Test
    void aRoleWhoseSettingsAreAgainstItBacksUpAndRestores() {
        String role = database + "_owner";
        server.execute(
                "postgres",
                "CREATE ROLE " + role + " LOGIN SUPERUSER",
                "ALTER ROLE " + role + " SET statement_timeout = '2s'",
                "ALTER ROLE " + role + " SET lock_timeout = '1s'",
                "ALTER ROLE " + role + " SET idle_session_timeout = '200ms'",
                "ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '200ms'",
                "ALTER ROLE " + role + " SET default_transaction_read_only = on");
        dumped(ROWS);
        PGSimpleDataSource dataSource = dataSource(role, server.port());
        dataSource.setOptions("-c default_transaction_read_only=off");
        Migrator migrator = migrator(dataSource).build();

        Path file = Path.of(migrator.backup().name());
        server.execute(database, "DELETE FROM t");
        migrator.restore(Restore.of(file));

        assertThat(rows()).containsExactly("100");
        assertThat(migrator.verifyBackup(file).rows()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDatabaseThatWasFrozenIsRestored(boolean byThePool) {
        Path file = dumped(ROWS);
        server.execute(database, "DELETE FROM t");
        PGSimpleDataSource dataSource = (PGSimpleDataSource) server.dataSource(database);
        dataSource.setReadOnly(byThePool);
        if (!byThePool) {
            server.execute("postgres", "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        }

        migrator(dataSource).build().restore(Restore.of(file));

        assertThat(rows()).containsExactly("100");
    }

    @Test
    void aDatabaseWhoseSettingsAreAgainstItIsTriedOutAndRestored() {
        Path file = dumped("""
                CREATE SCHEMA odd;
                CREATE TABLE t (n int, list text[]);
                INSERT INTO t SELECT n, ARRAY[NULL, 'NULL'] FROM generate_series(1, 100) n;
                CREATE FUNCTION slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    IF current_setting('application_name') LIKE 'migrator%' THEN PERFORM pg_sleep(0.01); END IF;
                    RETURN n; END $$;
                CREATE INDEX ON t (slow(n));
                """);
        server.execute("postgres", "CREATE ROLE " + database + "_nobody");
        for (String setting : List.of(
                "role = " + database + "_nobody",
                "statement_timeout = '300ms'",
                "lock_timeout = '100ms'",
                "idle_session_timeout = '300ms'",
                "idle_in_transaction_session_timeout = '300ms'",
                "default_transaction_read_only = on",
                "default_transaction_isolation = 'serializable'",
                "array_nulls = off",
                "temp_file_limit = 0",
                "search_path = odd, public",
                "default_text_search_config = 'odd.none'",
                "session_preload_libraries = 'auto_explain'")) {
            server.execute("postgres", "ALTER DATABASE " + database + " SET " + setting);
        }
        PGSimpleDataSource dataSource = (PGSimpleDataSource) server.dataSource(database);
        dataSource.setOptions("-c role=none -c statement_timeout=0");
        Migrator migrator = migrator(dataSource).build();

        assertThat(migrator.verifyBackup(file).remarks()).isEmpty();
        assertThat(migrator.restore(Restore.of(file)).warnings()).isEmpty();

        server.execute("postgres", "ALTER DATABASE " + database + " RESET role");
        assertThat(server.column(database, "SELECT count(*) FROM t WHERE list[1] IS NULL AND list[2] = 'NULL'"))
                .containsExactly("100");
    }

    @Test
    void statisticsThatCannotBeGatheredAreNoReasonToGiveUp() {
        Path file = dumped(ROWS + """
                CREATE FUNCTION picky(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    IF current_setting('application_name') = 'migrator' THEN RAISE 'not for you'; END IF;
                    RETURN n; END $$;
                CREATE INDEX ON t (picky(n));
                """);
        server.execute(database, "DELETE FROM t");

        RestoreReport report = migrator().build().restore(Restore.of(file));

        assertThat(rows()).containsExactly("100");
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("Not all statistics could be gathered: ERROR: not for you")
                .endsWith("Run ANALYZE when its reason is gone.");
    }

    @Test
    void whatTheDumpHasNotYetRunsAtTheNextStart() {
        Path file = dumped(ROWS);
        scripts.with("V2__more.sql", "CREATE TABLE more (n int);");
        migrator().build().migrate();

        migrator().build().restore(Restore.of(file));
        MigrationReport report = migrator().build().migrate();

        assertThat(report.applied()).hasSize(1);
        assertThat(server.column(database, "SELECT to_regclass('more')")).containsExactly("more");
    }

    @Test
    void aRestoreThatWasDoneIsSeenWhereItsAnswerIsLost() {
        Path file = dumped(ROWS);
        server.execute(database, "DELETE FROM t");
        try (CommitCutter cutter = new CommitCutter(server.port())) {
            RestoreReport report = migrator(dataSource("postgres", cutter.port()))
                    .build()
                    .restore(Restore.of(file), (phase, done, entries) -> {
                        if (phase == RestorePhase.SWAPPING) {
                            cutter.cutBehindCommit(() -> await(
                                    "postgres",
                                    "SELECT 1 FROM pg_database WHERE datname LIKE '" + database
                                            + "_before_restore_%'"));
                        }
                    });
            assertThat(cutter.hasCut()).isTrue();
            assertThat(databases()).containsExactly(database, report.keptAs());
        }
        assertThat(rows()).containsExactly("100");
    }

    @Test
    void aRestoreWhoseCommitWasNotHeardIsNone() {
        Path file = dumped(ROWS);
        server.execute(database, "DELETE FROM t");
        try (CommitCutter cutter = new CommitCutter(server.port())) {
            Migrator migrator = migrator(dataSource("postgres", cutter.port())).build();

            BackupFailedException failure = catchThrowableOfType(
                    BackupFailedException.class,
                    () -> migrator.restore(Restore.of(file), (phase, done, entries) -> {
                        if (phase == RestorePhase.SWAPPING) {
                            cutter.cutBeforeCommit();
                        }
                    }));

            assertThat(cutter.hasCut()).isTrue();
            assertThat(failure.description())
                    .startsWith(file + " was not restored. The databases could not swap their names: ");
            assertThat(failure.databaseState()).isEqualTo("it is as it was.");
        }
        assertThat(databases()).containsExactly(database);
        assertThat(rows()).containsExactly("0");
    }

    @Test
    void whereNobodyCanTellWhetherItWasDoneThatIsSaid() throws Exception {
        Path file = dumped(ROWS);
        try (CommitCutter cutter = new CommitCutter(server.port())) {
            Migrator migrator = migrator(dataSource("postgres", cutter.port())).build();
            CompletableFuture<BackupFailedException> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> ended.complete(catchThrowableOfType(
                    BackupFailedException.class,
                    () -> migrator.restore(Restore.of(file), (phase, done, entries) -> {
                        if (phase == RestorePhase.SWAPPING) {
                            cutter.refuseAfterwards();
                            cutter.cutBehindCommit(() -> await(
                                    "postgres",
                                    "SELECT 1 FROM pg_database WHERE datname LIKE '" + database
                                            + "_before_restore_%'"));
                        }
                    }))));
            thread.start();
            cutter.awaitCut();
            // it would try for half a minute
            thread.interrupt();

            BackupFailedException failure = ended.orTimeout(1, TimeUnit.MINUTES).join();
            String kept = databases().get(1);
            assertThat(failure.description())
                    .startsWith(
                            file + " was not restored. The connection was lost when the databases were to swap their"
                                    + " names, and the server is out of reach: ");
            assertThat(failure.databaseState())
                    .isEqualTo("it is as it was, or it is restored and the one before is kept as " + kept
                            + ": the server was out of reach when it was to say which.");
            assertThat(failure.action())
                    .contains("SELECT datname FROM pg_database")
                    .contains(kept);
        }
    }

    @Test
    void theStatisticsNeedNotBeWaitedForWhenItIsCancelled() {
        Path file = dumped("""
                CREATE FUNCTION slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    IF current_setting('application_name') = 'migrator' THEN PERFORM pg_sleep(60); END IF;
                    RETURN n; END $$;
                CREATE TABLE t (n int);
                INSERT INTO t VALUES (1);
                CREATE INDEX ON t (slow(n));
                """);
        Migrator migrator = migrator().build();
        CompletableFuture<RunCancelledException> failure = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(RunCancelledException.class, () -> migrator.restore(Restore.of(file))));
        await("postgres", "SELECT 1 FROM pg_stat_activity WHERE query = 'ANALYZE' AND wait_event = 'PgSleep'");

        migrator.cancel();

        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join().description()).isEqualTo("The restore was cancelled.");
        assertThat(databases()).containsExactly(database);
    }

    @Test
    void aServerWhoseDiskIsFullDropsWhatItHasRestored() {
        scripts.with(
                "V1__all.sql", "CREATE TABLE t AS SELECT repeat(md5(n::text), 20) FROM generate_series(1, 20000) n");
        migrator().build().migrate();
        try (SmallDisk disk = SmallDisk.mount(server.folder(), "postgres", 32)) {
            String space = database + "_space";
            server.execute("postgres", "CREATE TABLESPACE " + space + " LOCATION '" + disk.folder() + "'");
            server.execute("postgres", "ALTER DATABASE " + database + " SET TABLESPACE " + space);
            Path file = Path.of(migrator().build().backup().name());

            BackupFailedException failure = catchThrowableOfType(
                    BackupFailedException.class, () -> migrator().build().restore(Restore.of(file)));

            assertThat(failure.description()).contains("No space left on device");
            assertThat(failure.action()).startsWith("The server's disk is full: the restored database needs room");
            assertThat(failure.databaseState()).isEqualTo("it is as it was.");
            assertThat(databases()).containsExactly(database);
            assertThat(rows()).containsExactly("20000");
            server.execute("postgres", "DROP DATABASE " + database, "DROP TABLESPACE " + space);
        }
    }

    @Test
    void aBackupThatWasTakenByAClockThatIsBehindIsNotDeletedAtOnce() throws Exception {
        dumped(ROWS);
        Path ahead = Files.writeString(folder.resolve(database + "-before-9-20990101-000000.dump"), "ahead");

        BackupReport report = migrator().backup(options(1)).build().backup();

        assertThat(Path.of(report.name())).exists();
        assertThat(ahead).exists();
    }

    @Test
    void theSignsOfLifeOfALeaseAreNotInTheWay() {
        Path file = dumped("""
                CREATE FUNCTION slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    IF current_setting('application_name') = 'migrator' THEN PERFORM pg_sleep(2); END IF;
                    RETURN n; END $$;
                CREATE TABLE t (n int);
                INSERT INTO t VALUES (1);
                CREATE INDEX ON t (slow(n));
                """);
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.dataSource(database));
        config.setMinimumIdle(0);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator migrator = Migrator.builder(pool)
                    .locations(scripts.location())
                    .backup(options(0))
                    .lockStrategy(LockStrategy.TABLE)
                    .lockLease(Duration.ofSeconds(1))
                    .build();

            RestoreReport report = migrator.restore(Restore.of(file));

            assertThat(databases()).containsExactly(database, report.keptAs());
        }
    }

    @Test
    void aMemberOfTheOwnerWhoTakesHisRoleOnBacksUpAndRestores() {
        String owner = database + "_owner";
        String login = database + "_login";
        server.execute(
                "postgres",
                "CREATE ROLE " + owner + " CREATEDB",
                "CREATE ROLE " + login + " LOGIN NOINHERIT IN ROLE " + owner,
                "ALTER DATABASE " + database + " OWNER TO " + owner,
                "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + database + " TO " + login);
        PGSimpleDataSource dataSource = dataSource(login, server.port());
        dataSource.setOptions("-c role=" + owner);
        Migrator migrator = migrator(dataSource).build();
        scripts.with("V1__all.sql", ROWS);
        migrator.migrate();
        Path file = Path.of(migrator.backup().name());
        List<String> grants =
                server.column("postgres", "SELECT datacl FROM pg_database WHERE datname = '" + database + "'");
        server.execute(database, "DELETE FROM t");

        migrator.restore(Restore.of(file));

        assertThat(rows()).containsExactly("100");
        assertThat(server.column("postgres", "SELECT datacl FROM pg_database WHERE datname = '" + database + "'"))
                .isEqualTo(grants);
    }

    @Test
    void theStatusSaysFromWhatTheDatabaseWasRestoredAndTheHistoryKeepsThatDump() {
        Path file = dumped(ROWS);
        assertThat(migrator().build().status().notes()).isEmpty();

        migrator().build().restore(Restore.of(file));

        assertThat(migrator().build().status().notes())
                .singleElement()
                .asString()
                .matches("The database was restored from " + file.getFileName() + ", at \\S+Z\\.");
        for (int i = 0; i < 2; i++) {
            migrator().backup(options(1)).build().backup();
        }
        assertThat(file).exists();
    }

    @Test
    void aDatabaseOfFunctionsOnlyIsBackedUpToo() {
        server.execute(database, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        scripts.with("V1__all.sql", ROWS);

        assertThat(migrator().build().migrate().applied()).hasSize(1);

        assertThat(folder.toFile().list((folder, name) -> name.endsWith(".dump")))
                .hasSize(1);
    }
}
