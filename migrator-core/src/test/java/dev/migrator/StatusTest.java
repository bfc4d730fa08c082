package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.history.HistoryTable;
import dev.migrator.history.StoredRow;
import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.migration.Version;
import dev.migrator.plan.Rules;
import dev.migrator.run.Blocker;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.Phase;
import dev.migrator.run.RunEvent;
import dev.migrator.run.Standing;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusTest extends DatabaseTest {

    @Test
    void listsWhatIsPendingBeforeTheFirstRun() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;");

        MigratorStatus status = migrator().build().status();

        assertThat(status.state()).isEqualTo(MigratorState.PENDING);
        assertThat(status.schema()).isEqualTo("public");
        assertThat(status.migrations())
                .extracting(info -> info.script() + " " + info.kind() + " " + info.state())
                .containsExactly("V1__a.sql versioned pending", "R__v.sql repeatable pending");
    }

    @Test
    void knowsNothingFromMemoryBeforeItHasLooked() {
        MigratorStatus status = migrator().build().snapshot();

        assertThat(status.state()).isEqualTo(MigratorState.PENDING);
        assertThat(status.migrations()).isEmpty();
    }

    @Test
    void showsWhatTheHistorySaysAfterARun() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        Migrator migrator = migrator().build();
        migrator.migrate();

        MigratorStatus status = migrator.snapshot();

        assertThat(status.state()).isEqualTo(MigratorState.SUCCEEDED);
        assertThat(status.current()).isNull();
        assertThat(status.migrations()).singleElement().satisfies(info -> {
            assertThat(info.state()).isEqualTo("applied");
            assertThat(info.checksum()).startsWith("c1:");
            assertThat(info.installedBy()).isEqualTo("postgres");
            assertThat(info.startedAt()).isNotNull();
            assertThat(info.durationMs()).isNotNull();
        });
    }

    @Test
    void showsAFailureWithItsError() {
        scripts.with("V1__a.sql", "SELECT 1 / 0;").with("V2__b.sql", "CREATE TABLE b (id int);");
        Migrator migrator = migrator().build();
        assertThat(failureOf(migrator)).isNotNull();

        MigratorStatus status = migrator.snapshot();

        assertThat(status.state()).isEqualTo(MigratorState.FAILED);
        assertThat(status.problems()).singleElement().asString().contains("division by zero");
        assertThat(status.migrations()).extracting(MigrationInfo::state).containsExactly("failed", "pending");
        assertThat(status.migrations().get(0).error()).contains("22012");
        assertThat(status.databaseState()).startsWith("the server rolled V1__");
        assertThat(status.action()).startsWith("Correct the script and start again");
    }

    private static Throwable failureOf(Migrator migrator) {
        try {
            migrator.migrate();
            return null;
        } catch (MigrationFailedException e) {
            return e;
        }
    }

    @Test
    void aLookFromOutsideDoesNotHideWhatRuns() {
        Migrator[] migrator = new Migrator[1];
        List<String> states = new ArrayList<>();
        migrator[0] = migrator()
                .javaMigrations(List.of(new Asking(() -> {
                    CompletableFuture.runAsync(migrator[0]::status)
                            .orTimeout(1, TimeUnit.MINUTES)
                            .join();
                    CompletableFuture.runAsync(migrator[0]::validate)
                            .orTimeout(1, TimeUnit.MINUTES)
                            .join();
                    migrator[0].snapshot().migrations().forEach(info -> states.add(info.state()));
                })))
                .build();

        migrator[0].migrate();

        assertThat(states).containsExactly("running");
        assertThat(migrator[0].snapshot().migrations())
                .extracting(MigrationInfo::state)
                .containsExactly("applied");
    }

    @Test
    void saysWhatToDoAboutWhatWouldKeepARunFromWorking() {
        scripts.with("V1__a.sql", "SELECT 1;").with("what is this.sql", "SELECT 2;");

        MigratorStatus status = migrator().build().status();

        assertThat(status.problems()).singleElement().asString().contains("what is this.sql");
        assertThat(status.action()).isNotBlank();
        assertThat(status.databaseState()).isNull();
    }

    @Test
    void forgetsAFailureWithTheNextRun() {
        LiveStatus live = new LiveStatus(new TableName("public", "schema_migrations"));
        UUID run = UUID.randomUUID();
        live.on(new RunEvent.RunStarted(run, Instant.now(), null));
        live.on(new RunEvent.RunFailed(run, Instant.now(), new ConfigurationException("what", "state", "next", null)));
        assertThat(live.snapshot().databaseState()).isEqualTo("state");
        assertThat(live.snapshot().action()).isEqualTo("next");

        live.on(new RunEvent.RunStarted(run, Instant.now(), null));
        assertThat(live.snapshot().problems()).isEmpty();
        assertThat(live.snapshot().databaseState()).isNull();
        assertThat(live.snapshot().action()).isNull();
    }

    @Test
    void aClockThatIsSetBackMakesNoTimeAndNoPercentNegative() {
        LiveStatus live = new LiveStatus(new TableName("public", "schema_migrations"));
        UUID run = UUID.randomUUID();
        Instant ahead = Instant.now().plusSeconds(3600);
        live.on(new RunEvent.RunStarted(run, ahead, null));
        live.on(new RunEvent.PhaseChanged(run, ahead, Phase.RUNNING, null));
        live.on(new RunEvent.StepStarted(run, ahead, 1, 2, "1", "a", "V1__a.sql", 1));
        live.on(new RunEvent.StepEstimated(run, ahead, "V1__a.sql", 60_000, "here"));

        MigratorStatus.Current current = live.snapshot().current();
        assertThat(current.phaseMs()).isZero();
        assertThat(current.elapsedMs()).isZero();
        assertThat(current.stepPercent()).isZero();
        assertThat(current.runPercent()).isZero();
    }

    private record Asking(Runnable question) implements JavaMigration {

        @Override
        public String name() {
            return "V1__ask";
        }

        @Override
        public void migrate(MigrationContext context) {
            question.run();
        }
    }

    @Test
    void aLateObservationDoesNotBringAnEndedRunBackToLife() {
        LiveStatus live = new LiveStatus(new TableName("public", "schema_migrations"));
        UUID run = UUID.randomUUID();
        Instant now = Instant.now();
        live.on(new RunEvent.RunStarted(run, now, null));
        live.on(new RunEvent.StepStarted(run, now, 1, 2, "1", "a", "V1__a.sql", 3));
        live.on(new RunEvent.StepStarted(run, now, 2, 2, "2", "b", "V2__b.sql", 1));

        live.on(new RunEvent.StepProgress(run, now, "V1__a.sql", 3, 3, 9, "SELECT 3", List.of()));
        assertThat(live.snapshot().current().statement()).isEqualTo(1);

        live.on(new RunEvent.RunFailed(run, now, new ConfigurationException("x", "x", "x", null)));
        live.on(new RunEvent.StepProgress(run, now, "V2__b.sql", 1, 1, 1, "SELECT 1", List.of()));
        assertThat(live.snapshot().state()).isEqualTo(MigratorState.FAILED);
    }

    @Test
    void aLateObservationOfAnEarlierRunIsNotTakenForTheNextOnes() {
        LiveStatus live = new LiveStatus(new TableName("public", "schema_migrations"));
        Instant now = Instant.now();
        live.on(new RunEvent.RunStarted(UUID.randomUUID(), now, null));

        live.on(new RunEvent.StepProgress(UUID.randomUUID(), now, "V1__a.sql", 3, 3, 9, "SELECT 3", List.of()));

        assertThat(live.snapshot().current().script()).isNull();
    }

    @Test
    void whoeverAsksWhileThingsChangeLeavesNothingOldBehind() throws Exception {
        TableName table = new TableName("public", "schema_migrations");
        LiveStatus live = new LiveStatus(table);
        StoredRow row = new StoredRow(
                "versioned",
                "applied",
                "1",
                null,
                "{1,1,a,V1__a.sql,1,1,NULL,0,1,me,NULL,NULL,NULL,NULL,NULL,r,NULL,NULL,NULL}");
        Found nothing = new Found(List.of(), List.of(), List.of());
        Rules rules = new Rules(false, null, false, Version.parse("1"), "");
        List<Standing> standings = Stream.of(List.<StoredRow>of(), List.of(row))
                .map(rows -> new Standing(new HistoryTable.Content(table, true, rows), nothing, rules, true))
                .toList();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> askers = Stream.generate(() -> new Thread(() -> {
                    while (!enough.get()) {
                        live.snapshot();
                    }
                }))
                .limit(3)
                .toList();
        askers.forEach(Thread::start);
        try {
            for (int i = 0; i < 20_000; i++) {
                live.accept(standings.get(i % 2));
                for (int asked = 0; asked < 5; asked++) {
                    assertThat(live.snapshot().history()).hasSize(i % 2);
                }
            }
        } finally {
            enough.set(true);
            for (Thread asker : askers) {
                asker.join(60_000);
                assertThat(asker.isAlive()).isFalse();
            }
        }
    }

    @Test
    void showsBeforeANewAttemptWhoBlockedTheLastOne() {
        LiveStatus live = new LiveStatus(new TableName("public", "schema_migrations"));
        UUID run = UUID.randomUUID();
        Instant now = Instant.now();
        Blocker blocker = new Blocker(4711, "psql", "active", Duration.ofSeconds(3), "SELECT 1", List.of());
        live.on(new RunEvent.RunStarted(run, now, null));
        live.on(new RunEvent.StepStarted(run, now, 1, 1, "1", "a", "V1__a.sql", 3));

        live.on(new RunEvent.StepRetried(run, now, "V1__a.sql", 2, 10, 500, "lock timeout", List.of(blocker)));
        assertThat(live.snapshot().current().blockers()).containsExactly(blocker);

        live.on(new RunEvent.StepProgress(run, now, "V1__a.sql", 1, 3, 1, "SELECT 1", List.of()));
        assertThat(live.snapshot().current().blockers()).isEmpty();
    }

    @Test
    void showsTheRunningStatementAndWhoBlocksIt() throws Exception {
        database.execute("CREATE TABLE a (id int)");
        scripts.with("V1__a.sql", "SELECT 1;\nALTER TABLE a ADD COLUMN b int;\nSELECT 3;");
        Migrator migrator = migrator()
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .lockTimeout(Duration.ofSeconds(30))
                .build();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SET application_name = 'a long report'");
            statement.execute("SELECT * FROM a");
            CompletableFuture<Void> run = CompletableFuture.runAsync(migrator::migrate);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> migrator.snapshot().current() != null
                            && !migrator.snapshot().current().blockers().isEmpty());

            MigratorStatus status = migrator.snapshot();
            assertThat(status.state()).isEqualTo(MigratorState.RUNNING);
            MigratorStatus.Current current = status.current();
            assertThat(current.phase()).isEqualTo(Phase.RUNNING);
            assertThat(current.script()).isEqualTo("V1__a.sql");
            assertThat(current.statement()).isEqualTo(2);
            assertThat(current.statements()).isEqualTo(3);
            assertThat(current.line()).isEqualTo(2);
            assertThat(current.text()).startsWith("ALTER TABLE a");
            assertThat(current.elapsedMs()).isPositive();
            assertThat(current.blockers()).singleElement().satisfies(blocker -> {
                assertThat(blocker.application()).isEqualTo("a long report");
                assertThat(blocker.state()).isEqualTo("idle in transaction");
            });
            assertThat(status.migrations()).extracting(MigrationInfo::state).containsExactly("running");
            other.rollback();
            run.orTimeout(1, TimeUnit.MINUTES).join();
        }
        assertThat(migrator.snapshot().state()).isEqualTo(MigratorState.SUCCEEDED);
    }
}
