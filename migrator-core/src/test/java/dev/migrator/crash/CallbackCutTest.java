package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.Migrator;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connection is lost at a boundary of a run with callbacks: those in a migration's transaction have happened exactly when it
 * has, the others at least once.
 */
@ExtendWith(QuietLog.class)
class CallbackCutTest {

    private static final int ONE_IN = 40;

    /** What is committed with each row of the history, in its transaction. */
    private static final String WITH_ROWS =
            "SELECT h.version || ': ' || coalesce(string_agg(t.what, ' ' ORDER BY t.id), '')"
                    + " FROM schema_migrations h LEFT JOIN told t ON t.xmin = h.xmin WHERE h.state = 'applied'"
                    + " AND h.version <> '3' GROUP BY h.version ORDER BY 1";

    @TempDir
    private Path folder;

    private int works;
    private int answers;

    @BeforeEach
    void measure() {
        new Scripts(folder)
                .with(
                        "beforeMigrate.sql",
                        "CREATE TABLE IF NOT EXISTS told (id int GENERATED ALWAYS AS IDENTITY, what text);")
                .with("beforeEachMigrate.sql", "INSERT INTO told (what) VALUES ('before');")
                .with("afterEachMigrate.sql", "INSERT INTO told (what) VALUES ('after');")
                .with("afterMigrate.sql", "INSERT INTO told (what) VALUES ('end');\nANALYZE told;")
                .with("V1__a.sql", "CREATE TABLE a (id int);\nINSERT INTO told (what) VALUES ('V1');")
                .with("V2__b.sql", "INSERT INTO told (what) VALUES ('V2');")
                .with("V3__c.sql", "INSERT INTO a VALUES (3);\nCREATE INDEX CONCURRENTLY a_id ON a (id);\nVACUUM a;")
                .with("V4__d.sql", "INSERT INTO told (what) VALUES ('V4');");
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port())) {
            migrator(proxy.url(database.name())).migrate();
            requireAllIn(database);
            assertThat(database.value("SELECT count(*) FROM told WHERE what = 'end'"))
                    .isEqualTo("1");
            works = proxy.sent();
            answers = proxy.answered();
        }
    }

    private Migrator migrator(String url) {
        return Route.STRAIGHT
                .migrator(url)
                .locations("filesystem:" + folder)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }

    private static void requireAllIn(TestDatabase database) {
        assertThat(database.column(WITH_ROWS))
                .containsExactly("1: before V1 after", "2: before V2 after", "4: before V4 after");
        assertThat(database.column("SELECT version FROM schema_migrations WHERE state = 'applied' ORDER BY 1"))
                .containsExactly("1", "2", "3", "4");
        assertThat(database.column("SELECT id FROM a")).containsExactly("3");
        // around the one that is no single transaction they may run again
        for (String what : List.of("before", "after")) {
            assertThat(Integer.parseInt(database.value("SELECT count(*) FROM told WHERE what = '" + what + "'")))
                    .isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void thoseInAMigrationsTransactionCostNoRoundTrip(@TempDir Path other) {
        Scripts scripts = new Scripts(other)
                .with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "CREATE TABLE b (id int);");
        int alone = roundTrips(scripts);
        scripts.with("beforeEachMigrate.sql", "SELECT 1;").with("afterEachMigrate.sql", "SELECT 2;\nSELECT 3;");

        assertThat(roundTrips(scripts)).isEqualTo(alone);

        // it would show in the count: the data of a COPY are sent by themselves
        scripts.with("afterEachMigrate.sql", "COPY a FROM stdin;\n1\n\\.\n");
        assertThat(roundTrips(scripts)).isGreaterThan(alone);
    }

    private static int roundTrips(Scripts scripts) {
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port())) {
            Route.STRAIGHT
                    .migrator(proxy.url(database.name()))
                    .locations(scripts.location())
                    .build()
                    .migrate();
            return proxy.roundTrips();
        }
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhereverTheServerHeardTheLast() {
        return CrashPoints.tests(
                CrashPoints.upTo(works, ONE_IN),
                "behind %d of " + works,
                point -> cutAndCarryOn(new WireProxy(TestDatabase.port()).cuttingBehindWork(point)));
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhateverTheClientDidNotHear() {
        return CrashPoints.tests(
                CrashPoints.upTo(answers, ONE_IN),
                "before %d of " + answers,
                point -> cutAndCarryOn(new WireProxy(TestDatabase.port()).cuttingBeforeAnswer(point)));
    }

    private void cutAndCarryOn(WireProxy proxy) {
        try (TestDatabase database = TestDatabase.create();
                proxy) {
            Throwable thrown =
                    catchThrowable(() -> migrator(proxy.url(database.name())).migrate());

            assertThat(proxy.hasCut()).isTrue();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(DatabaseUnreachableException.class);
            }
            migrator(database.url()).migrate();
            requireAllIn(database);
        }
    }
}
