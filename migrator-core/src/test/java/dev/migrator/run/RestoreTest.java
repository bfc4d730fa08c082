package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.MigratorState;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.backup.OtherConnection;
import dev.migrator.backup.RestorePhase;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A dump takes the place of the database, or everything stays as it was. */
class RestoreTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static final String EVERYTHING = """
            CREATE EXTENSION citext;
            CREATE TYPE mood AS ENUM ('sad', 'glad');
            CREATE TABLE author (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext NOT NULL, mood mood,
                tags text[], photo bytea, initial text GENERATED ALWAYS AS (left(name::text, 1)) STORED,
                state text CHECK (state IN ('alive', 'dead')));
            COMMENT ON TABLE author IS 'who wrote it; ''quoted''';
            INSERT INTO author (name, mood, tags, photo, state)
                SELECT E'na\\tme \\\\ ' || n, 'glad', ARRAY['a,b', NULL, '"'], decode(md5(n::text), 'hex'), 'dead'
                  FROM generate_series(1, 200) n;
            CREATE TABLE sale (at date NOT NULL, author int REFERENCES author) PARTITION BY RANGE (at);
            CREATE TABLE sale_2025 PARTITION OF sale FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE sale_rest PARTITION OF sale DEFAULT;
            INSERT INTO sale SELECT date '2025-12-25' + n, n FROM generate_series(1, 20) n;
            CREATE VIEW glad AS SELECT name FROM author WHERE mood = 'glad';
            CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM sale;
            CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS $$ SELECT n * 2; $$;
            CREATE SEQUENCE ticket START 40;
            SELECT nextval('ticket'), nextval('ticket');
            SELECT lo_from_bytea(4711, '\\xdeadbeef');
            GRANT SELECT ON author TO PUBLIC;
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
            """;

    /** Keeps pg_restore waiting in the middle of its work, until it is ended. */
    private static final String SLOW = """
            CREATE FUNCTION slow(n int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN
                IF current_setting('application_name') = 'migrator: pg_restore' THEN PERFORM pg_sleep(60); END IF;
                RETURN true; END $$;
            CREATE TABLE slow (n int CHECK (slow(n)));
            INSERT INTO slow VALUES (1);
            """;

    private static InstalledPostgres server;

    @TempDir
    Path folder;

    private Scripts scripts;
    private String database;

    @BeforeAll
    static void start() {
        server = InstalledPostgres.start("wal_level = logical", "max_prepared_transactions = 4");
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
        return Migrator.builder(server.dataSource(database))
                .locations(scripts.location())
                .backup(new BackupOptions(
                        BackupMode.OFF, folder, BackupOptions.DEFAULT.format(), 2, 1L << 30, 0, null, server.bin()));
    }

    private Path dumped(String script, String... options) {
        scripts.with("V1__all.sql", script);
        migrator().build().migrate();
        Path file = folder.resolve(database + ".dump");
        List<String> all = new ArrayList<>(List.of(options));
        all.add(options.length == 0 ? "--format=custom" : "--no-password");
        server.dumpTo(database, file, all.toArray(String[]::new));
        return file;
    }

    private static List<String> databases(String like) {
        return server.column(
                "postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + like + "' ORDER BY datname");
    }

    private static List<String> traits(String name) {
        return server.column("postgres", """
                SELECT concat_ws(' ', pg_get_userbyid(datdba), encoding, datcollate, datctype, datlocprovider, datconnlimit,
                                 dattablespace, datallowconn, shobj_description(d.oid, 'pg_database'),
                                 (SELECT string_agg(a::text, ',' ORDER BY a::text)
                                    FROM unnest(coalesce(datacl, acldefault('d', datdba))) a))
                  FROM pg_database d WHERE datname = '%1$s'
                UNION ALL
                SELECT setrole::regrole || ' ' || array_to_string(setconfig, ' ')
                  FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname = '%1$s'
                 ORDER BY 1
                """.formatted(name));
    }

    /** Nothing else was left behind, and the database has what it had. */
    private void assertAsItWas(String dump) {
        assertThat(databases(database + "%")).containsExactly(database);
        assertThat(server.dump(database, false)).isEqualTo(dump);
    }

    @Test
    void bringsBackRowForRowWhatWasDestroyedAndKeepsTheOldOne() {
        Path file = dumped(EVERYTHING);
        server.execute(
                "postgres",
                "CREATE ROLE " + database + "_owner",
                "CREATE ROLE " + database + "_reader",
                "CREATE ROLE " + database + "_guest",
                "ALTER DATABASE " + database + " OWNER TO " + database + "_owner",
                "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + database + " TO " + database + "_reader WITH GRANT OPTION",
                "SET ROLE " + database + "_reader",
                "GRANT CONNECT ON DATABASE " + database + " TO " + database + "_guest",
                "RESET ROLE",
                "ALTER DATABASE " + database + " SET search_path = \"$user\", public, \"od,d\"\"\"",
                "ALTER DATABASE " + database + " SET work_mem = '7MB'",
                "ALTER DATABASE " + database + " SET app.note = 'it''s \\ so'",
                "ALTER ROLE " + database + "_reader IN DATABASE " + database + " SET statement_timeout = '3s'",
                "ALTER DATABASE " + database + " CONNECTION LIMIT 17",
                "COMMENT ON DATABASE " + database + " IS 'the ''shop'''");
        String before = withoutHistory();
        List<String> traits = traits(database);
        server.execute(database, "DROP TABLE sale CASCADE", "DELETE FROM author", "CREATE TABLE later (n int)");
        String destroyed = withoutHistory();
        List<String> phases = new ArrayList<>();

        RestoreReport report = migrator().build().restore(Restore.of(file), (phase, done, entries) -> {
            synchronized (phases) {
                phases.add(phase + " " + (entries > 0 && done == entries));
            }
        });

        assertThat(withoutHistory()).isEqualTo(before);
        assertThat(traits(database)).isEqualTo(traits);
        assertThat(server.column(database, "SELECT nextval('ticket')")).containsExactly("42");
        assertThat(databases(database + "%")).containsExactly(database, report.keptAs());
        assertThat(report.keptAs()).matches(database + "_before_restore_\\d{14}");
        assertThat(server.column(
                        database,
                        "SELECT concat_ws(' | ', version, kind, state, script, description) FROM schema_migrations"
                                + " ORDER BY id"))
                .containsExactly(
                        "1 | versioned | applied | V1__all.sql | all",
                        "restore | applied | " + file.getFileName() + " | the database as it was before is kept as "
                                + report.keptAs());
        assertThat(phases)
                .startsWith("CHECKING false", "RESTORING false")
                .endsWith("COMPARING true", "SWAPPING true")
                .hasSizeGreaterThan(20);
        assertThat(report.version()).isEqualTo("1");
        assertThat(report.warnings()).isEmpty();
        assertThat(report.summary())
                .isEqualTo(database + " is restored from " + file + ", made " + report.createdAt()
                        + ", and stands at version 1.\nThe database as it was before is kept as " + report.keptAs()
                        + ", to be read only. When nobody needs it any more: DROP DATABASE \"" + report.keptAs()
                        + "\"\nTo put it back, connected to another database: "
                        + String.join("; ", report.wayBackSql()));
        assertThat(server.column(report.keptAs(), "SHOW default_transaction_read_only"))
                .containsExactly("on");
        assertThat(migrator().build().status().state()).isEqualTo(MigratorState.SUCCEEDED);
        assertThat(migrator().build().migrate().applied()).isEmpty();

        server.execute("postgres", report.wayBackSql().toArray(String[]::new));
        assertThat(withoutHistory()).isEqualTo(destroyed);
        assertThat(traits(database)).isEqualTo(traits);
    }

    @Test
    void whatDependsOnTheSettingsOfTheDatabaseComesOutAsItWas() {
        server.execute(
                "postgres",
                "ALTER DATABASE " + database + " SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE " + database + " SET app.most = '9'",
                "ALTER ROLE postgres IN DATABASE " + database + " SET app.least = '3'");
        Path file = dumped("""
                SET timezone = 'Asia/Tokyo'; -- the driver sets another one
                CREATE TABLE sale (at timestamptz, amount int);
                INSERT INTO sale VALUES ('2025-06-01 20:00+00', 1), ('2025-06-02 10:00+00', 2);
                CREATE MATERIALIZED VIEW per_day AS SELECT at::date AS day, sum(amount) FROM sale GROUP BY 1;
                CREATE TABLE checked (at timestamptz, day date CHECK (day = at::date),
                    n int CHECK (n BETWEEN current_setting('app.least')::int AND current_setting('app.most')::int));
                INSERT INTO checked VALUES ('2025-06-01 20:00+00', '2025-06-02', 3);
                """);
        List<String> traits = traits(database);

        migrator().build().restore(Restore.of(file));

        assertThat(server.column(database, "SELECT day || ' ' || sum FROM per_day"))
                .containsExactly("2025-06-02 3");
        assertThat(server.column(database, "SELECT n FROM checked")).containsExactly("3");
        assertThat(traits(database)).isEqualTo(traits);
    }

    private String withoutHistory() {
        return server.dump(database, false)
                .replaceAll("(?s)COPY public.schema_migrations .*?\\n\\\\\\.\\n", "")
                .replaceAll("SELECT pg_catalog.setval\\('public.schema_migrations_id_seq'.*", "");
    }

    @Test
    void restoresAFolderAndDropsTheOldOneIfItIsToldTo() {
        Path file = dumped(EVERYTHING, "--format=directory", "--jobs=2");
        server.execute(database, "DROP TABLE sale CASCADE");

        RestoreReport report = migrator().build().restore(Restore.of(file).droppingOld());

        assertThat(databases(database + "%")).containsExactly(database);
        assertThat(server.column(database, "SELECT count(*) FROM sale")).containsExactly("20");
        assertThat(report.keptAs()).isNull();
        assertThat(report.summary()).endsWith("The database as it was before is dropped.");
        assertThat(server.column(database, "SELECT description FROM schema_migrations WHERE kind = 'restore'"))
                .containsExactly("the database as it was before is dropped");
    }

    @Test
    void restoresADatabaseWithAnOddName() {
        String plain = database;
        database = "o'dd \"näme\"=x " + plain + " of some sixty bytes";
        server.execute("postgres", "CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
        scripts.with("V1__t.sql", "CREATE TABLE t (n int); INSERT INTO t VALUES (1);");
        PGSimpleDataSource odd = (PGSimpleDataSource) server.dataSource(database);
        Migrator migrator = Migrator.builder(odd)
                .locations(scripts.location())
                .backup(BackupOptions.DEFAULT)
                .build();
        migrator.migrate();
        Path file = folder.resolve("odd.dump");
        server.dumpTo("dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'", file, "--format=custom");

        RestoreReport report = migrator.restore(Restore.of(file));

        assertThat(report.database()).isEqualTo(database);
        assertThat(migrator.status().state()).isEqualTo(MigratorState.SUCCEEDED);
        assertThat(report.keptAs()).startsWith("o'dd \"näme\"=x").contains("_before_restore_");
    }

    @Test
    void refusesWhileOthersAreConnectedAndNamesThem() throws SQLException {
        Path file = dumped("CREATE TABLE t (n int)");
        String before = server.dump(database, false);
        PGSimpleDataSource others = (PGSimpleDataSource) server.dataSource(database);
        others.setApplicationName("orders");
        try (Connection other = others.getConnection()) {
            ConfigurationException refusal = catchThrowableOfType(
                    ConfigurationException.class, () -> migrator().build().restore(Restore.of(file)));

            assertThat(refusal.description())
                    .matches("The database cannot be restored:\n- somebody else is connected to the database: pid \\d+"
                            + " \\('orders', role postgres, at 127.0.0.1, idle\\); stop it, or have it ended"
                            + " \\(--terminate\\).");
            assertThat(refusal.databaseState()).isEqualTo("nothing was touched; it is as it was.");
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(other.isValid(5)).isTrue();
            assertAsItWas(before);

            RestorePlan plan = migrator().build().planRestore(Restore.of(file).terminating());
            assertThat(plan.problems()).isEmpty();
            assertThat(plan.connections())
                    .extracting(OtherConnection::application)
                    .containsExactly("orders");
            assertThat(plan.describe())
                    .contains("The database " + database + " is replaced by the dump " + file + ", made ")
                    .containsPattern("is kept as \\w+_before_restore_…, to be read only\\.")
                    .contains("These are connected to it, and are ended:\n- pid ");

            migrator().build().restore(Restore.of(file).terminating());
            assertThat(other.isValid(5)).isFalse();
        }
    }

    @Test
    void saysAtOnceEverythingThatIsInTheWay() {
        Path file = dumped("CREATE TABLE t (n int)");
        String role = database + "_weak";
        server.execute("postgres", "CREATE ROLE " + role + " LOGIN");
        server.execute(
                database,
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC",
                "SELECT pg_create_logical_replication_slot('" + database + "_slot', 'test_decoding')",
                "BEGIN; CREATE TABLE prepared (); PREPARE TRANSACTION '" + database + "_gid'",
                "CREATE SUBSCRIPTION " + database + "_sub CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false)");
        PGSimpleDataSource weak = (PGSimpleDataSource) server.dataSource(database);
        weak.setUser(role);
        try {
            ConfigurationException refusal =
                    catchThrowableOfType(ConfigurationException.class, () -> Migrator.builder(weak)
                            .locations(scripts.location())
                            .build()
                            .restore(Restore.of(file)));

            assertThat(refusal.description()).isEqualTo("""
                            The database cannot be restored:
                            - the role %2$s is not the owner of the database, which is postgres, nor a member of that: restore as\
                             postgres, or GRANT postgres TO %2$s.
                            - a transaction is prepared there (%1$s_gid): COMMIT PREPARED or ROLLBACK PREPARED it.
                            - the logical replication slot %1$s_slot belongs to the database and would stay with the old one:\
                             end its consumer, and drop it (pg_drop_replication_slot).
                            - the subscription %1$s_sub belongs to the database and would stay with the old one: drop it\
                             (DROP SUBSCRIPTION), and make it again afterwards.
                            - the role %2$s may not create databases: ALTER ROLE %2$s CREATEDB, or use another role.""".formatted(database, role));
            assertThat(databases(database + "%")).containsExactly(database);
        } finally {
            server.execute(
                    database,
                    "ROLLBACK PREPARED '" + database + "_gid'",
                    "ALTER SUBSCRIPTION " + database + "_sub SET (slot_name = NONE)",
                    "DROP SUBSCRIPTION " + database + "_sub",
                    "SELECT pg_drop_replication_slot('" + database + "_slot')");
        }
    }

    @Test
    void anOwnerWhoMayCreateDatabasesNeedsNotBeASuperuser() {
        String role = database + "_owner";
        server.execute(
                "postgres",
                "CREATE ROLE " + role + " LOGIN CREATEDB",
                "ALTER DATABASE " + database + " OWNER TO " + role,
                "ALTER DATABASE " + database + " SET work_mem = '7MB'");
        PGSimpleDataSource own = (PGSimpleDataSource) server.dataSource(database);
        own.setUser(role);
        scripts.with("V1__t.sql", "CREATE TABLE t (n int); INSERT INTO t VALUES (7);");
        Migrator migrator = Migrator.builder(own).locations(scripts.location()).build();
        migrator.migrate();
        Path file = folder.resolve("own.dump");
        server.dumpTo(database, file, "--format=custom");
        List<String> traits = traits(database);
        server.execute(database, "DROP TABLE t");

        migrator.restore(Restore.of(file));

        assertThat(server.column(database, "SELECT n FROM t")).containsExactly("7");
        assertThat(traits(database)).isEqualTo(traits);

        server.execute("postgres", "ALTER DATABASE " + database + " SET log_statement = 'all'");
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> migrator.restore(Restore.of(file)));
        assertThat(refusal.description())
                .contains("what the database has set could not be set again (ALTER DATABASE \"" + database
                        + "\" SET \"log_statement\" TO 'all'): ERROR: permission denied to set parameter"
                        + " \"log_statement\"");
    }

    @Test
    void aFileThatIsNoDumpIsRefused() throws IOException {
        Path file = dumped(EVERYTHING);
        String before = server.dump(database, false);
        byte[] whole = Files.readAllBytes(file);
        Path text = Files.writeString(folder.resolve("text"), "Dear Sir,\nnothing of this is a dump.\n".repeat(100));
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        Path head = Files.write(folder.resolve("head"), java.util.Arrays.copyOf(whole, 600));
        Path none = Files.createDirectory(folder.resolve("none"));
        for (Path wrong : List.of(text, empty, head, none, folder.resolve("missing"))) {
            ConfigurationException refusal = catchThrowableOfType(
                    ConfigurationException.class, () -> migrator().build().restore(Restore.of(wrong)));
            assertThat(refusal.description())
                    .as(wrong.toString())
                    .startsWith("The database cannot be restored:\n- ")
                    .contains(wrong.toString());
        }
        Path half = Files.write(folder.resolve("half"), java.util.Arrays.copyOf(whole, whole.length - 1500));
        BackupFailedException failure = catchThrowableOfType(
                BackupFailedException.class, () -> migrator().build().restore(Restore.of(half)));
        assertThat(failure.description()).startsWith(half + " was not restored. pg_restore ended with exit code 1:\n");
        assertThat(failure.databaseState()).isEqualTo("it is as it was.");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BACKUP_FAILED);
        assertAsItWas(before);
    }

    @Test
    void aDumpOfAnotherDatabaseIsRestoredOnlyIfItIsMeant() {
        Path file = dumped("CREATE TABLE t (n int)");
        String madeOf = database;
        createDatabase();

        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> migrator().build().restore(Restore.of(file)));
        assertThat(refusal.description())
                .endsWith(file + " was made of another database, " + madeOf + ", and not of " + database
                        + "; if it is meant, say so (--from-another-database).");

        migrator().build().restore(Restore.of(file).fromAnotherDatabase());
        assertThat(server.column(database, "SELECT count(*) FROM t")).containsExactly("0");
    }

    @Test
    void aRoleThatIsMissingLeavesEverythingAsItWas() {
        String role = database + "_gone";
        server.execute("postgres", "CREATE ROLE " + role);
        Path file = dumped("CREATE TABLE t (n int); ALTER TABLE t OWNER TO " + role);
        server.execute(database, "ALTER TABLE t OWNER TO postgres", "DROP ROLE " + role);
        String before = server.dump(database, false);

        BackupFailedException failure = catchThrowableOfType(
                BackupFailedException.class, () -> migrator().build().restore(Restore.of(file)));

        assertThat(failure.description()).contains("role \"" + role + "\" does not exist");
        assertThat(failure.action()).startsWith("Roles belong to the server, and no dump has them: create the one");
        assertAsItWas(before);
    }

    private static void awaitPgRestore(String like) {
        await(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'migrator: pg_restore' AND wait_event = 'PgSleep'"
                        + " AND datname LIKE '" + like + "_restoring_%'");
    }

    private static void await(String query) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.column("postgres", query).isEmpty()) {
            assertThat(System.nanoTime()).as("waiting for %s", query).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private ProcessHandle pgRestore(Path file) {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains("pg_restore") && line.contains(file.toString()))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingIsAsItWasWhenPgRestoreIsKilled() {
        Path file = dumped(SLOW);
        String before = server.dump(database, false);
        CompletableFuture<BackupFailedException> failure = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                BackupFailedException.class, () -> migrator().build().restore(Restore.of(file))));
        awaitPgRestore(database);

        assertThat(pgRestore(file).destroyForcibly()).isTrue();

        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join().description())
                .isEqualTo(file + " was not restored. pg_restore ended with exit code 137.");
        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join().databaseState())
                .isEqualTo("it is as it was.");
        assertAsItWas(before);
    }

    @Test
    void everythingIsAsItWasWhenItIsCancelled() {
        Path file = dumped(SLOW);
        String before = server.dump(database, false);
        Migrator migrator = migrator().build();
        CompletableFuture<RunCancelledException> failure = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(RunCancelledException.class, () -> migrator.restore(Restore.of(file))));
        awaitPgRestore(database);

        migrator.cancel();

        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join().description()).isEqualTo("The restore was cancelled.");
        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join().databaseState())
                .isEqualTo("it is as it was.");
        assertAsItWas(before);
    }

    @Test
    void aPasswordIsNeitherInArgumentsNorInErrors() {
        String role = database + "_ada";
        server.execute("postgres", "CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'sesame-4711'");
        server.askForPassword(role);
        server.execute("postgres", "SELECT pg_reload_conf()");
        Path file = dumped(SLOW);
        PGSimpleDataSource asked = (PGSimpleDataSource) server.dataSource(database);
        asked.setUser(role);
        asked.setPassword("sesame-4711");
        MigratorBuilder builder = Migrator.builder(asked).locations(scripts.location());
        Migrator migrator = builder.password("sesame-4711").build();
        CompletableFuture<RunCancelledException> failure = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(RunCancelledException.class, () -> migrator.restore(Restore.of(file))));
        awaitPgRestore(database);

        assertThat(pgRestore(file).info().commandLine().orElseThrow()).doesNotContain("sesame-4711");
        migrator.cancel();
        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join()).isNotNull();

        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> builder.password("wrong-4712").build().restore(Restore.of(file)));
        assertThat(refusal.description())
                .contains("no other database of the server could be connected to")
                .contains("password authentication failed for user \"" + role + "\"")
                .doesNotContain("wrong-4712");
    }

    @Test
    void whoConnectsMeanwhileIsNamedAndEverythingIsAsItWas() throws SQLException {
        Path file = dumped("CREATE TABLE t (n int)");
        String before = server.dump(database, false);
        List<Connection> others = new ArrayList<>();
        try {
            BackupFailedException failure = catchThrowableOfType(
                    BackupFailedException.class, () -> migrator().build().restore(Restore.of(file), (phase, d, e) -> {
                        if (phase == RestorePhase.SWAPPING) {
                            others.add(connect());
                        }
                    }));
            assertThat(failure.description())
                    .matches("(?s).* was not restored. While the dump was being restored, somebody has connected to the"
                            + " database: pid \\d+ .*role postgres, at 127.0.0.1, idle\\)\\.");
            assertThat(failure.databaseState()).isEqualTo("it is as it was.");
            assertAsItWas(before);

            migrator().build().restore(Restore.of(file).terminating(), (phase, d, e) -> {
                if (phase == RestorePhase.SWAPPING) {
                    others.add(connect());
                }
            });
            assertThat(databases(database + "%")).hasSize(2);
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    private Connection connect() {
        try {
            return server.dataSource(database).getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theNextRestoreDropsWhatAKilledOneLeftBehindAndNothingElse() {
        Path file = dumped("CREATE TABLE t (n int)");
        String left = database + "_restoring_20200101000000";
        String unmarked = database + "_restoring_20200101000001";
        String other = database + "_restoring_mine";
        String mark = " IS 'Made by Migrator of a dump of " + database + ", and not in use'";
        for (String each : List.of(left, unmarked, other)) {
            server.createDatabase(each);
        }
        server.execute("postgres", "COMMENT ON DATABASE " + left + mark, "COMMENT ON DATABASE " + other + mark);

        assertThat(migrator().build().planRestore(Restore.of(file)).leftovers()).containsExactly(left);
        migrator().build().restore(Restore.of(file));

        assertThat(databases(database + "_restoring%")).containsExactly(unmarked, other);
    }

    @Test
    void aDumpWithoutAHistoryGetsNone() {
        Path file = folder.resolve("x.dump");
        server.execute(database, "CREATE TABLE t (n int)");
        server.dumpTo(database, file, "--format=custom");

        RestoreReport report = migrator().build().restore(Restore.of(file));

        assertThat(report.version()).isNull();
        assertThat(report.warnings())
                .containsExactly("The dump has no history (public.schema_migrations): say at which version it stands,"
                        + " with baseline, before anything is migrated.");
        assertThat(server.column(database, "SELECT to_regclass('schema_migrations')"))
                .containsExactly((String) null);
    }

    @Test
    void theDatabaseNeedsNoSchemaAnyMore() {
        Path file = dumped("CREATE TABLE t (n int)");
        server.execute(database, "DROP SCHEMA public CASCADE");

        assertThat(migrator().build().restore(Restore.of(file)).version()).isEqualTo("1");
    }

    @Test
    void withoutABackupThereIsNoLatest() {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> migrator().build().restore(Restore.latest()));

        assertThat(refusal.description())
                .isEqualTo("There is no backup of the database " + database + " in " + folder.toAbsolutePath() + ".");
    }
}
