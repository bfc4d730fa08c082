package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that run around a run, and around each of its migrations. */
class CallbackTest extends DatabaseTest {

    private static final String NOTE =
            "INSERT INTO test.told (what, transaction, role) VALUES ('%s', pg_current_xact_id()::text, current_user);\n";

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private String owner;

    @BeforeEach
    void makeTheTable() {
        owner = "owner_of_" + database.name();
        database.execute(
                "CREATE SCHEMA test",
                "CREATE TABLE test.told (id int GENERATED ALWAYS AS IDENTITY, what text, transaction text, role text)",
                "CREATE ROLE " + owner,
                "GRANT ALL ON SCHEMA test, public TO " + owner,
                "GRANT ALL ON ALL TABLES IN SCHEMA test TO " + owner);
    }

    @AfterEach
    void dropTheRole() {
        database.execute("DROP OWNED BY " + owner, "DROP ROLE " + owner);
    }

    private static String note(String what) {
        return NOTE.formatted(what);
    }

    private List<String> told() {
        return database.column("SELECT what FROM test.told ORDER BY id");
    }

    private List<String> transactions() {
        return database.column("SELECT transaction FROM test.told ORDER BY id");
    }

    private MigratorBuilder listening() {
        return migrator().listener(events::add);
    }

    private List<String> finished() {
        return events.stream()
                .filter(RunEvent.CallbackFinished.class::isInstance)
                .map(RunEvent.CallbackFinished.class::cast)
                .map(event -> event.callback() + " " + event.script())
                .toList();
    }

    /** All but the one for errors. */
    private void writeCallbacks() {
        for (String callback : List.of("beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate")) {
            scripts.with(callback + ".sql", note(callback));
        }
    }

    @Test
    void runInTheirPlaces() {
        writeCallbacks();
        scripts.with("V1__a.sql", note("V1")).with("R__b.sql", note("R")).with("afterMigrateError.sql", note("error"));

        MigrationReport report = listening().build().migrate();

        assertThat(told())
                .containsExactly(
                        "beforeMigrate",
                        "beforeEachMigrate",
                        "V1",
                        "afterEachMigrate",
                        "beforeEachMigrate",
                        "R",
                        "afterEachMigrate",
                        "afterMigrate");
        assertThat(finished())
                .containsExactly(
                        "beforeMigrate beforeMigrate.sql",
                        "beforeEachMigrate beforeEachMigrate.sql",
                        "afterEachMigrate afterEachMigrate.sql",
                        "beforeEachMigrate beforeEachMigrate.sql",
                        "afterEachMigrate afterEachMigrate.sql",
                        "afterMigrate afterMigrate.sql");
        assertThat(report.applied()).hasSize(2);
        assertThat(history()).containsExactly("1 versioned applied 1/1", "b repeatable applied 1/1");
    }

    @Test
    void runInTheOrderOfTheirNamesOverAllLocations() {
        scripts.with("one/V1__a.sql", note("V1"))
                .with("one/afterMigrate__2.sql", note("after 2"))
                .with("two/afterMigrate__1.sql", note("after 1"))
                .with("two/deep/afterMigrate.sql", note("after"));

        migrator()
                .locations(scripts.location() + "/one", scripts.location() + "/two")
                .build()
                .migrate();

        assertThat(told()).containsExactly("V1", "after", "after 1", "after 2");
    }

    @Test
    void ofEachAreInTheTransactionOfTheirMigrationAndItsRow() {
        writeCallbacks();
        scripts.with("V1__a.sql", note("V1"));

        migrator().build().migrate();

        List<String> transactions = transactions();
        assertThat(transactions.subList(1, 4)).containsOnly(transactions.get(2));
        assertThat(database.value("SELECT xmin FROM schema_migrations")).isEqualTo(transactions.get(2));
        assertThat(transactions.get(0)).isNotEqualTo(transactions.get(2));
        assertThat(transactions.get(4)).isNotEqualTo(transactions.get(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET LOCAL ROLE", "SET ROLE"})
    void beforeEachSetsTheRoleOfTheScriptAndNotOfItsRow(String setRole) {
        scripts.with("beforeEachMigrate.sql", setRole + " " + owner + ";")
                .with("V1__a.sql", "CREATE TABLE a (id int);\n" + note("V1"))
                .with("V2__b.sql", "CREATE TABLE b (id int);")
                .with("afterMigrate.sql", note("after"));

        migrator().build().migrate();

        assertThat(database.column("SELECT tableowner FROM pg_tables WHERE tablename IN ('a', 'b')"))
                .containsExactly(owner, owner);
        assertThat(database.column("SELECT DISTINCT installed_by FROM schema_migrations"))
                .containsExactly("postgres");
        assertThat(database.column("SELECT role FROM test.told ORDER BY id")).containsExactly(owner, "postgres");
    }

    @Test
    void beforeEachComesBehindTheScriptsSetTransaction() {
        scripts.with("beforeEachMigrate.sql", note("before"))
                .with(
                        "V1__a.sql",
                        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\n"
                                + "CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;")
                .with(
                        "V2__b.sql",
                        "BEGIN ISOLATION LEVEL REPEATABLE READ;\n"
                                + "CREATE TABLE b AS SELECT current_setting('transaction_isolation') AS level;\nCOMMIT;")
                .with("V3__nothing.sql", "-- nothing\n")
                .with("V4__only.sql", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;");

        migrator().build().migrate();

        assertThat(told()).hasSize(4).containsOnly("before");
        assertThat(database.column("SELECT level FROM a UNION ALL SELECT level FROM b"))
                .containsExactly("serializable", "repeatable read");
    }

    @Test
    void ofEachRunAroundAScriptOfSeveralTransactionsInItsSession() {
        scripts.with("beforeEachMigrate.sql", note("before") + "SET ROLE " + owner + ";")
                .with(
                        "V1__a.sql",
                        "CREATE TABLE a (id int);\n" + note("V1") + "CREATE INDEX CONCURRENTLY a_id ON a (id);")
                .with("afterEachMigrate.sql", note("after"));

        listening().build().migrate();

        assertThat(told()).containsExactly("before", "V1", "after");
        assertThat(transactions()).doesNotHaveDuplicates();
        assertThat(database.column("SELECT role FROM test.told ORDER BY id")).containsExactly("postgres", owner, owner);
        assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'a'"))
                .isEqualTo(owner);
        assertThat(history()).containsExactly("1 versioned applied 3/3");
        assertThat(finished())
                .containsExactly("beforeEachMigrate beforeEachMigrate.sql", "afterEachMigrate afterEachMigrate.sql");
    }

    @Test
    void beforeEachRunsAgainWhereAScriptGoesOnAheadOfWhatTheScriptHadSet() {
        scripts.with("beforeEachMigrate.sql", "SET work_mem = '7MB';\nSET x.y = 'callback';\n" + note("before"))
                .with("V1__a.sql", """
                        SET work_mem = '9MB';
                        VACUUM test.told;
                        SELECT 1 / 0;
                        """);
        failure(MigrationFailedException.class, migrator());
        scripts.with("V1__a.sql", """
                SET work_mem = '9MB';
                VACUUM test.told;
                CREATE TABLE seen AS SELECT current_setting('work_mem') || current_setting('x.y') AS seen;
                """);

        migrator().build().migrate();

        assertThat(told()).containsExactly("before", "before");
        assertThat(database.value("SELECT seen FROM seen")).isEqualTo("9MBcallback");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofEachRunAroundAMigrationInJava(boolean transactional) {
        writeCallbacks();
        scripts.with("beforeEachMigrate.sql", note("before") + "SET ROLE " + owner + ";");

        migrator().javaMigrations(List.of(new V1__Code(transactional))).build().migrate();

        assertThat(told()).containsExactly("beforeMigrate", "before", "Java", "afterEachMigrate", "afterMigrate");
        assertThat(database.column("SELECT role FROM test.told ORDER BY id"))
                .containsExactly("postgres", "postgres", owner, owner, "postgres");
        assertThat(transactions().subList(1, 4).stream().distinct().count()).isEqualTo(transactional ? 1 : 3);
        assertThat(history()).containsExactly("1 versioned applied 0/0");
    }

    private record V1__Code(boolean transactional) implements JavaMigration {

        @Override
        public String name() {
            return "V1__Code";
        }

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute(note("Java"));
            }
        }
    }

    @Test
    void mayBeMadeOfAnything() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int, text text);")
                .with(
                        "beforeMigrate.sql",
                        "-- migrator: lock-timeout=3s\nCREATE TABLE IF NOT EXISTS before AS"
                                + " SELECT current_setting('lock_timeout') AS seen;")
                .with("afterEachMigrate.sql", "COPY a FROM stdin;\n1\tone\n2\ttwo\n\\.\n")
                .with("afterMigrate__1.sql", """
                        INSERT INTO a VALUES (3, 'three');
                        VACUUM a;
                        BEGIN;
                        INSERT INTO a VALUES (4, 'never');
                        ROLLBACK;
                        CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id);
                        DO $$ BEGIN INSERT INTO a VALUES (5, 'five'); COMMIT; END $$;
                        """)
                .with("afterMigrate__2.sql", """
                        -- migrator: transaction=none
                        INSERT INTO a VALUES (6, 'six');
                        COPY a FROM stdin;
                        7\tseven
                        \\.
                        VACUUM a;
                        """)
                .with("afterMigrate__3.sql", "DO $$ BEGIN INSERT INTO a VALUES (8, 'eight'); COMMIT; END $$;")
                .with("afterMigrate__4.sql", "");

        migrator().build().migrate();

        assertThat(database.column("SELECT text FROM a ORDER BY id"))
                .containsExactly("one", "two", "three", "five", "six", "seven", "eight");
        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"))
                .isEqualTo("t");
        assertThat(database.value("SELECT seen FROM before")).isEqualTo("3s");
    }

    @Test
    void havePlaceholdersAndConditionsAsOtherScripts() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("afterMigrate.sql", "ALTER TABLE a OWNER TO ${owner};")
                .with("afterEachMigrate.sql", note("${migrator:table}"))
                .with("beforeMigrate.sql", note("${owner}"))
                .with("beforeMigrate.sql.conf", "placeholderReplacement=false")
                .with("beforeMigrate__never.sql", note("never"))
                .with("beforeMigrate__never.sql.conf", "shouldExecute=false")
                .with("beforeMigrate__prod.sql", "-- migrator: only-if=env:production\n" + note("prod"));

        migrator().placeholders(Map.of("owner", owner)).build().migrate();

        assertThat(told()).containsExactly("${owner}", "schema_migrations");
        assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'a'"))
                .isEqualTo(owner);
    }

    @Test
    void doNotRunWhereThereIsNothingToDoOrOnlyToRecord() {
        writeCallbacks();
        scripts.with("V1__a.sql", note("V1"));
        migrator().build().migrate();
        database.execute("TRUNCATE test.told");

        migrator().build().migrate();
        scripts.with("V2__b.sql", "-- migrator: only-if=env:production\nSELECT 1;");
        MigrationReport skipped = migrator().build().migrate();

        assertThat(skipped.skippedHere()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void doNotRunForASkippedOneOrForOnesThatAreTakenBack() {
        writeCallbacks();
        scripts.with("V1__a.sql", note("V1"))
                .with("U1__a.sql", note("U1"))
                .with("V2__b.sql", "-- migrator: only-if=env:production\nSELECT 1;");
        migrator().build().migrate();

        assertThat(told())
                .containsExactly("beforeMigrate", "beforeEachMigrate", "V1", "afterEachMigrate", "afterMigrate");
        database.execute("TRUNCATE test.told");
        migrator().build().rollback(Rollback.to("0"));
        assertThat(told()).containsExactly("U1");
    }

    @Test
    void areTriedAgainWithTheirMigrationWhenATableIsHeld() throws SQLException {
        database.execute("CREATE TABLE test.held (id int)");
        scripts.with("beforeEachMigrate.sql", note("before") + "LOCK TABLE test.held;")
                .with("V1__a.sql", note("V1"));
        AtomicBoolean released = new AtomicBoolean();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE test.held");
            List<String> retried = new ArrayList<>();

            migrator()
                    .lockTimeout(Duration.ofMillis(100))
                    .listener(event -> {
                        if (event instanceof RunEvent.StepRetried retry && !released.getAndSet(true)) {
                            retried.add(retry.script() + ": " + retry.reason());
                            rollback(other);
                        }
                    })
                    .build()
                    .migrate();

            assertThat(retried)
                    .containsExactly("V1__a.sql: 55P03 canceling statement due to lock timeout at"
                            + " beforeEachMigrate.sql:2:1");
        }
        assertThat(told()).containsExactly("before", "V1");
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate", "afterMigrateError"})
    void thatCannotBeReadAreProblemsBeforeAnythingRuns(String event) {
        scripts.with("V1__a.sql", note("V1"))
                .with(event + "__open.sql", "SELECT 'open;")
                .with(event + "__value.sql", "SELECT ${missing};");

        ValidationFailedException failure = failure(ValidationFailedException.class, migrator());

        assertThat(failure.problems())
                .extracting(Problem::kind, Problem::script)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.UNREADABLE, event + "__open.sql"),
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.PLACEHOLDER, event + "__value.sql"));
        assertThat(migrator().build().validate()).isEqualTo(failure.problems());
        assertThat(told()).isEmpty();
    }

    @Test
    void ofEachThatCannotBeInATransactionAreProblemsThatSayWhereTheyCan() {
        scripts.with("V1__a.sql", note("V1"))
                .with("afterEachMigrate__1.sql", "SELECT 1;\nVACUUM;")
                .with("afterEachMigrate__2.sql", "BEGIN;\nSELECT 1;\nCOMMIT;")
                .with("afterEachMigrate__3.sql", "-- migrator: transaction=none\nSELECT 1;")
                .with("afterEachMigrate__4.sql", "-- migrator: lock-timeout=1s\nSELECT 1;")
                .with("afterEachMigrate__5.sql", "ALTER TYPE mood ADD VALUE 'sad';\nSELECT 'sad'::mood;")
                .with("afterMigrate.sql", "VACUUM;");

        ValidationFailedException failure = failure(ValidationFailedException.class, migrator());

        assertThat(failure.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.CALLBACK);
        assertThat(failure.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "afterEachMigrate__1.sql runs in the transaction of its migration, and its statement 2 cannot run in"
                                + " one.",
                        "afterEachMigrate__2.sql runs in the transaction of its migration, and can have no BEGIN, COMMIT or"
                                + " ROLLBACK of its own.",
                        "afterEachMigrate__3.sql runs in the transaction of its migration, and can have no transaction=none"
                                + " of its own.",
                        "afterEachMigrate__4.sql runs in the transaction of its migration, and has the migration's time"
                                + " limits, not its own.",
                        "afterEachMigrate__5.sql runs in the transaction of its migration, and its statement 2 needs a COMMIT"
                                + " before it.");
        assertThat(failure.problems().get(0).action()).contains("beforeMigrate.sql or afterMigrate.sql");
    }

    @Test
    void thatMigratorDoesNotKnowAreNamedBeforeAnythingRuns() {
        scripts.with("V1__a.sql", note("V1")).with("afterMigrateApplied.sql", note("applied"));

        assertThat(failure(ValidationFailedException.class, migrator()))
                .hasMessageContaining("afterMigrateApplied, that Migrator does not know")
                .hasMessageContaining("Rename it, as afterMigrate.sql");
        assertThat(told()).isEmpty();
    }

    @Test
    void runUnderALeaseToo() {
        writeCallbacks();
        scripts.with("V1__a.sql", note("V1")).with("V2__b.sql", "VACUUM test.told;");

        migrator().lockStrategy(LockStrategy.TABLE).build().migrate();

        assertThat(told())
                .containsExactly(
                        "beforeMigrate",
                        "beforeEachMigrate",
                        "V1",
                        "afterEachMigrate",
                        "beforeEachMigrate",
                        "afterEachMigrate",
                        "afterMigrate");
    }
}
