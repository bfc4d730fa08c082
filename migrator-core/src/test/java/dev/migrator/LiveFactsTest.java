package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.MigratorStatus.Current;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.MigratorException;
import dev.migrator.run.Phase;
import dev.migrator.run.ServerProgress;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** What can be seen of a run while it goes on, and what the history keeps of it. */
@Execution(ExecutionMode.CONCURRENT)
class LiveFactsTest extends DatabaseTest {

    private final List<Connection> others = new ArrayList<>();
    private @Nullable CompletableFuture<?> run;

    @AfterEach
    void endOthers() throws SQLException {
        for (Connection other : others) {
            other.close();
        }
        CompletableFuture<?> running = run;
        if (running != null) {
            running.exceptionally(e -> null).orTimeout(1, TimeUnit.MINUTES).join();
        }
    }

    private Connection other(String application, String... statements) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        others.add(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + application + "'");
            for (String text : statements) {
                statement.execute(text);
            }
        }
        return connection;
    }

    private MigratorBuilder onTables() {
        return migrator().baselineOnMigrate(true).baselineVersion("0");
    }

    private void start(Migrator migrator) {
        // not in the common pool, which a small machine has one thread of
        CompletableFuture<MigrationReport> started = new CompletableFuture<>();
        run = started;
        Thread thread = new Thread(() -> {
            try {
                started.complete(migrator.migrate());
            } catch (MigratorException e) {
                started.completeExceptionally(e);
            }
        });
        thread.start();
    }

    private static <T> T seen(Migrator migrator, Function<Current, @Nullable T> what) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            Current current = migrator.snapshot().current();
                            return current == null ? null : what.apply(current);
                        },
                        Objects::nonNull);
    }

    @Test
    void showsWhichSessionsAConcurrentIndexWaitsFor() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        other("long writer", "INSERT INTO t VALUES (1)");
        scripts.with("V1__i.sql", "-- an index\nCREATE INDEX CONCURRENTLY i ON t (id);");
        Migrator migrator = onTables().build();

        start(migrator);
        Current current = seen(migrator, now -> now.server() == null ? null : now);

        assertThat(current.server())
                .isEqualTo(new ServerProgress(
                        "CREATE INDEX CONCURRENTLY", "waiting for writers before build", 0, 1, "sessions"));
        assertThat(current.stepPercent()).isZero();
        assertThat(current.runPercent()).isZero();
        assertThat(current.line()).isEqualTo(2);
        assertThat(current.text()).isEqualTo("CREATE INDEX CONCURRENTLY i ON t (id)");
        assertThat(current.statementMs()).isPositive();
        assertThat(current.phase()).isEqualTo(Phase.RUNNING);
        assertThat(current.blockers()).singleElement().satisfies(blocker -> assertThat(blocker.application())
                .isEqualTo("long writer"));
    }

    @Test
    void showsWhomTheDropOfAnInvalidIndexWaitsForBeforeItIsBuiltAgain() throws Exception {
        database.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (1)");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)"))
                    .hasMessageContaining("duplicated");
        }
        database.execute("TRUNCATE t");
        other("long writer", "INSERT INTO t VALUES (1)");
        scripts.with("V1__i.sql", "-- an index\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (id);");
        Migrator migrator = onTables().build();

        start(migrator);
        Current current = seen(migrator, now -> now.blockers().isEmpty() ? null : now);

        assertThat(current.blockers()).singleElement().satisfies(blocker -> assertThat(blocker.application())
                .isEqualTo("long writer"));
        assertThat(current.statement()).isOne();
        assertThat(current.line()).isEqualTo(2);
        assertThat(current.text()).startsWith("DROP INDEX CONCURRENTLY ");
        assertThat(current.statementMs()).isNotNull();
    }

    @Test
    void countsTheRowsOfACopy() {
        database.execute(
                "CREATE TABLE t (id int)",
                "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$",
                "CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION slow()");
        StringBuilder script = new StringBuilder("COPY t FROM STDIN;\n");
        IntStream.range(0, 150).forEach(i -> script.append(i).append('\n'));
        scripts.with("V1__t.sql", script + "\\.\n");
        Migrator migrator = onTables().build();

        start(migrator);
        long rows = seen(migrator, Current::rows);

        assertThat(rows).isBetween(1L, 150L);
        assertThat(seen(migrator, Current::server).command()).isEqualTo("COPY FROM");
    }

    @Test
    void saysHowLongARepeatableTookTheLastTime() throws Exception {
        scripts.with("R__r.sql", "SELECT pg_sleep(0.2);");
        onTables().build().migrate();
        database.execute("CREATE TABLE t (id int)");
        other("reader", "LOCK TABLE t");
        scripts.with("R__r.sql", "SELECT count(*) FROM t;");
        Migrator migrator = onTables().lockTimeout(Duration.ofSeconds(30)).build();

        start(migrator);

        assertThat(seen(migrator, Current::estimateMs)).isBetween(200L, 5000L);
        assertThat(seen(migrator, Current::stepPercent)).isBetween(0, 99);
    }

    @Test
    void saysHowLongItTookInASistersSchema() throws Exception {
        database.execute("CREATE SCHEMA tenant_1", "CREATE SCHEMA tenant_2", "CREATE TABLE tenant_2.t (id int)");
        database.execute("CREATE TABLE tenant_1.t (id int)", "CREATE TABLE public.schema_migrations (id int)");
        scripts.with("V1__i.sql", "SELECT pg_sleep(0.2); SELECT count(*) FROM t;");
        onTables().schema("tenant_1").build().migrate();
        other("reader", "LOCK TABLE tenant_2.t");
        Migrator migrator = onTables()
                .schema("tenant_2")
                .lockTimeout(Duration.ofSeconds(30))
                .build();

        start(migrator);

        assertThat(seen(migrator, Current::estimateMs)).isBetween(200L, 5000L);
    }

    @Test
    void aSistersHistoryThatIsLockedIsNotWaitedFor() throws Exception {
        database.execute("CREATE SCHEMA tenant_1", "CREATE SCHEMA tenant_2", "CREATE TABLE tenant_2.t (id int)");
        scripts.with("V1__i.sql", "CREATE TABLE IF NOT EXISTS t (id int);");
        migrator().schema("tenant_1").build().migrate();
        scripts.with("V1__i.sql", "SELECT count(*) FROM t;");
        other("reader", "LOCK TABLE tenant_2.t", "LOCK TABLE tenant_1.schema_migrations");
        Migrator migrator = onTables()
                .schema("tenant_2")
                .lockTimeout(Duration.ofSeconds(30))
                .build();

        start(migrator);
        long first = seen(migrator, now -> now.blockers().isEmpty() ? null : now.statementMs());

        // it goes on looking
        assertThat(seen(migrator, now -> now.statementMs() > first + 500 ? now : null)
                        .estimateMs())
                .isNull();
    }

    @Test
    void keepsWhatTookLongInTheHistory() throws Exception {
        scripts.with(
                "V1__slow.sql",
                "SELECT 1;\nSELECT pg_sleep(2.5);\nSELECT 2;\nSELECT pg_sleep(2.5);\nCREATE TABLE t (id int);");
        Migrator migrator = migrator().build();

        migrator.migrate();

        Observed observed = migrator.snapshot().history().get(0).observed();
        assertThat(observed).isNotNull();
        assertThat(observed.attempts()).isOne();
        assertThat(observed.waits()).isEmpty();
        assertThat(observed.statements())
                .extracting(Observed.StatementTime::statement, Observed.StatementTime::line)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 2), org.assertj.core.groups.Tuple.tuple(4, 4));
        assertThat(observed.statements().get(0).ms()).isBetween(1000L, 5000L);
        assertThat(migrator.status().migrations().get(0).observed()).isEqualTo(observed);
        assertThat(migrator.details("1").get(0).statements())
                .extracting(statement -> statement.ms() == null ? 0 : statement.number())
                .containsExactly(0, 2, 0, 4, 0);
        assertThat(database.value("SELECT details ->> 'observed' FROM schema_migrations"))
                .matches("attempts 1\nstatement 2 2 \\d+\nstatement 4 4 \\d+");
    }

    @Test
    void knowsExactlyHowLongTheLastStatementTook() {
        scripts.with("V1__slow.sql", "CREATE TABLE t (id int);\nSELECT pg_sleep(1.9);");
        Migrator migrator = migrator().build();

        migrator.migrate();

        assertThat(migrator.snapshot().history().get(0).observed().statements())
                .singleElement()
                // when it began is known as exactly as the look at it was quick
                .satisfies(time -> assertThat(time.ms()).isBetween(1800L, 4000L));
    }

    @Test
    void nothingIsKeptOfWhatIsQuick() {
        scripts.with("V1__a.sql", "CREATE TABLE t (id int);");
        Migrator migrator = migrator().build();

        migrator.migrate();

        assertThat(migrator.snapshot().history().get(0).observed()).isNull();
        assertThat(database.value("SELECT details ->> 'observed' FROM schema_migrations"))
                .isNull();
    }

    @Test
    void aFailureKeepsWhomItWaitedForAndHowOftenItWasTried() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        other("long report", "SELECT * FROM t");
        scripts.with("V1__a.sql", "ALTER TABLE t ADD COLUMN x int;");
        Migrator migrator = onTables().lockTimeout(Duration.ofMillis(600)).build();

        assertThat(failure(MigratorException.class, onTables().lockTimeout(Duration.ofMillis(600))))
                .isNotNull();

        Observed observed = migrator.status().history().get(1).observed();
        assertThat(observed.attempts()).isEqualTo(3);
        assertThat(observed.waits()).singleElement().satisfies(wait -> {
            assertThat(wait.whom()).contains("long report");
            assertThat(wait.ms()).isBetween(300L, 1900L);
        });
    }

    @Test
    void aRunKnowsWhoHasAskedForIt() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        other("reader", "LOCK TABLE t");
        scripts.with("V1__a.sql", "SELECT count(*) FROM t;");
        Migrator migrator = onTables().lockTimeout(Duration.ofSeconds(30)).build();
        CompletableFuture<MigrationReport> asked =
                CompletableFuture.supplyAsync(() -> migrator.migrate("ada"), task -> new Thread(task).start());
        run = asked;

        assertThat(seen(migrator, Current::actor)).isEqualTo("ada");
        for (Connection other : others) {
            other.rollback();
        }
        asked.orTimeout(1, TimeUnit.MINUTES).join();

        assertThat(database.column("SELECT actor FROM schema_migrations")).containsExactly("ada", "ada");
        assertThat(migrator.snapshot().history())
                .extracting(MigrationInfo::actor)
                .containsExactly("ada", "ada");
    }

    @Test
    void aCancelledRunSaysByWhom() throws Exception {
        scripts.with("V1__a.sql", "-- migrator: transaction=none\nSELECT 1;\nSELECT pg_sleep(60);");
        Migrator migrator = migrator().build();
        start(migrator);
        seen(migrator, now -> now.statement() == 2 ? now : null);

        assertThat(migrator.cancel("grace")).isTrue();
        assertThat(run).isNotNull();
        assertThat(run.handle((report, e) -> e.getMessage())
                        .orTimeout(1, TimeUnit.MINUTES)
                        .join())
                .startsWith("The run was cancelled by grace while");

        assertThat(database.value("SELECT state || ': ' || error FROM schema_migrations"))
                .isEqualTo("interrupted: cancelled by grace");
        assertThat(migrator.cancel("grace")).isFalse();
    }

    @Test
    void theHistoryGrowsWhileTheRunGoesOn() {
        CountDownLatch looked = new CountDownLatch(1);
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        Migrator migrator =
                migrator().javaMigrations(List.of(new Waiting(looked))).build();

        start(migrator);
        seen(migrator, now -> now.step() == 2 ? now : null);
        MigratorStatus status = migrator.snapshot();
        looked.countDown();

        assertThat(status.history())
                .extracting(row -> row.version() + " " + row.state())
                .containsExactly("1 applied", "2 running");
        assertThat(status.history()).extracting(MigrationInfo::runId).doesNotContainNull();
        assertThat(status.current().runPercent()).isEqualTo(50);
    }

    private record Waiting(CountDownLatch latch) implements JavaMigration {

        @Override
        public String name() {
            return "V2__wait";
        }

        @Override
        public void migrate(MigrationContext context) throws InterruptedException {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void somebodyWhoAsksAgainGetsTheSameListsUntilSomethingChanges() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        Migrator migrator = migrator().build();
        migrator.status();
        List<MigrationInfo> before = migrator.snapshot().migrations();

        assertThat(migrator.snapshot().migrations()).isSameAs(before);
        migrator.migrate();
        assertThat(migrator.snapshot().migrations()).isNotSameAs(before);
    }

    @Test
    void theLogGivesSignsOfLife() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            database.execute("CREATE TABLE t (id int)");
            other("reader", "LOCK TABLE t");
            scripts.with("V1__a.sql", "SELECT 1;\nSELECT count(*)\n  FROM t;");
            Migrator migrator = onTables()
                    .signOfLife(Duration.ofMillis(200))
                    .lockTimeout(Duration.ofSeconds(30))
                    .build();
            start(migrator);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anySatisfy(line -> assertThat(line)
                            .matches("V1__a\\.sql \\(1 of 1\\) still runs after \\d+ s: statement 2 of 2"
                                    + " \\(line 2: SELECT count\\(\\*\\) FROM t\\), for \\d+ s; blocked by pid \\d+"
                                    + " \\(reader, idle in transaction for .*\\): LOCK TABLE t")));
            for (Connection other : others) {
                other.rollback();
            }
            assertThat(run).isNotNull();
            run.orTimeout(1, TimeUnit.MINUTES).join();
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("migrator-sign-of-life")));
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
    }
}
