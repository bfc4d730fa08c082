package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.MigrationInfo;
import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Rollback;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection is lost at every statement boundary of a rollback; the next one goes on, and does nothing twice. */
@ParameterizedClass
@EnumSource(names = {"STRAIGHT", "LEASED"})
@ExtendWith(QuietLog.class)
class RollbackCutTest {

    private static final int ONE_IN = 20;

    private static final Rollback ALL_BUT_THE_LOG = Rollback.to("1");

    @TempDir
    private Path folder;

    private final Route route;
    private int works;
    private int answers;

    RollbackCutTest(Route route) {
        this.route = route;
    }

    /** One that writes into the log when it is taken back. */
    static class V4__Logs implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) {}

        @Override
        public void rollback(MigrationContext context) throws Exception {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute("INSERT INTO log VALUES (40)");
            }
        }
    }

    @BeforeEach
    void measure() {
        new Scripts(folder)
                .with("V1__log.sql", "CREATE TABLE log (step int);")
                .with("V2__b.sql", "CREATE TABLE b (id int); CREATE INDEX b_id ON b (id);")
                .with("U2__b.sql", """
                        INSERT INTO log VALUES (20);
                        DROP INDEX CONCURRENTLY b_id;
                        INSERT INTO log VALUES (21);
                        BEGIN;
                        INSERT INTO log VALUES (22);
                        DROP TABLE b;
                        COMMIT;
                        VACUUM log;
                        INSERT INTO log VALUES (23);
                        """)
                .with("V3__c.sql", "CREATE TABLE c (id int);")
                .with("U3__c.sql", "INSERT INTO log VALUES (30); DROP TABLE c;");
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port())) {
            migrator(url(database)).migrate();
            migrator(proxy.url(database.name())).rollback(ALL_BUT_THE_LOG);
            works = proxy.sent();
            answers = proxy.answered();
            requireTakenBackOnce(database);
        }
    }

    private static String url(TestDatabase database) {
        return "jdbc:postgresql://127.0.0.1:" + TestDatabase.port() + "/" + database.name();
    }

    private Migrator migrator(String url) {
        return route.migrator(url)
                .locations("filesystem:" + folder)
                .javaMigrations(List.of(new V4__Logs()))
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> theNextRollbackGoesOnWhereverTheServerHeardTheLast() {
        return CrashPoints.tests(
                CrashPoints.upTo(works, ONE_IN * route.thinning()),
                "behind %d of " + works,
                point -> cutAndGoOn(point, new WireProxy(TestDatabase.port()).cuttingBehindWork(point)));
    }

    @TestFactory
    Stream<DynamicTest> theNextRollbackGoesOnWhateverTheClientDidNotHear() {
        return CrashPoints.tests(
                CrashPoints.upTo(answers, ONE_IN * route.thinning()),
                "before %d of " + answers,
                point -> cutAndGoOn(point, new WireProxy(TestDatabase.port()).cuttingBeforeAnswer(point)));
    }

    private void cutAndGoOn(int point, WireProxy proxy) {
        try (TestDatabase database = TestDatabase.create();
                proxy) {
            migrator(url(database)).migrate();
            if (point / 2 % 2 == 0) {
                proxy.refusingAfterwards();
            }

            Throwable thrown =
                    catchThrowable(() -> migrator(proxy.url(database.name())).rollback(ALL_BUT_THE_LOG));

            assertThat(proxy.hasCut()).isTrue();
            if (thrown != null) {
                assertThat(thrown)
                        .isInstanceOf(DatabaseUnreachableException.class)
                        .message()
                        .doesNotContain("recorded as applied", "Start again", "the next start");
            }
            migrator(url(database)).rollback(ALL_BUT_THE_LOG);
            requireTakenBackOnce(database);
        }
    }

    private void requireTakenBackOnce(TestDatabase database) {
        assertThat(database.column("SELECT step::text FROM log ORDER BY step"))
                .containsExactly("20", "21", "22", "23", "30", "40");
        assertThat(database.value("SELECT to_regclass('b') IS NULL AND to_regclass('c') IS NULL"))
                .isEqualTo("t");
        assertThat(database.column("SELECT script || ' ' || state FROM schema_migrations"
                        + " WHERE state NOT IN ('applied', 'interrupted')"))
                .isEmpty();
        assertThat(migrator(url(database)).status().migrations())
                .extracting(MigrationInfo::state)
                .containsExactly("applied", "pending", "pending", "pending");
    }
}
