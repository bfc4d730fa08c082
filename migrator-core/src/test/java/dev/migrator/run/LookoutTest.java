package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.StoppableRun;
import dev.migrator.plan.Problem;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** An instance that does not migrate itself sees whether another one has, and waits for it. */
class LookoutTest extends DatabaseTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @BeforeEach
    void makeTwoScripts() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");
    }

    private void assertNothingWasWritten() {
        assertThat(database.value("SELECT to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    private static CompletableFuture<Void> waiting(Migrator migrator) {
        return CompletableFuture.runAsync(() -> migrator.awaitMigrated(LONG));
    }

    private static void awaitLooked(Migrator migrator, int pending) {
        await().until(() -> migrator.snapshot().migrations().stream()
                        .filter(each -> each.state().equals("pending"))
                        .count()
                == pending);
    }

    @Test
    void aMigratedDatabaseIsFoundSoAndAHigherVersionIsNoProblem() {
        migrator().build().migrate();
        scripts.without("V2__b.sql");
        Migrator other = migrator().build();

        assertThatNoException().isThrownBy(other::requireMigrated);
        assertThatNoException().isThrownBy(() -> other.awaitMigrated(Duration.ZERO));
        assertThat(other.snapshot().state()).isEqualTo(MigratorState.SUCCEEDED);
    }

    @Test
    void whatIsPendingIsNamedWithTheWaysOut() {
        ValidationFailedException refused =
                catchThrowableOfType(ValidationFailedException.class, migrator().build()::requireMigrated);

        assertThat(refused.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.PENDING);
        assertThat(refused.description()).contains("2 migrations are pending: V1__a.sql, V2__b.sql.");
        assertThat(refused.action()).contains("java -jar app.jar migrations migrate", "migrator.mode=migrate");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.VALIDATION_FAILED);
        assertNothingWasWritten();
    }

    @Test
    void whatIsWrongIsToldTogetherWithWhatIsPending() {
        migrator().target("1").build().migrate();
        scripts.with("V1__a.sql", "CREATE TABLE a (id bigint);");

        ValidationFailedException refused =
                catchThrowableOfType(ValidationFailedException.class, migrator().build()::requireMigrated);

        assertThat(refused.problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.CHANGED, Problem.Kind.PENDING);
    }

    @Test
    void theWaitEndsSoonAfterTheOtherHasMigrated() throws Exception {
        Migrator waits = migrator().build();
        CompletableFuture<Void> wait = waiting(waits);
        awaitLooked(waits, 2);
        assertThat(waits.snapshot().state()).isEqualTo(MigratorState.PENDING);
        assertThat(wait).isNotDone();
        assertNothingWasWritten();

        migrator().build().migrate();

        wait.get(5, TimeUnit.SECONDS);
        assertThat(waits.snapshot().state()).isEqualTo(MigratorState.SUCCEEDED);
        assertThat(database.value("SELECT count(DISTINCT run_id) FROM schema_migrations"))
                .isEqualTo("1");
    }

    @Test
    void theWaitHasALimitAndNamesWhatHasFailed() {
        migrator().target("1").build().migrate();
        scripts.with("V2__b.sql", "CREATE INDEX CONCURRENTLY a_id ON a (nothing);");
        failure(MigrationFailedException.class, migrator());

        NotMigratedInTimeException late = catchThrowableOfType(
                NotMigratedInTimeException.class, () -> migrator().build().awaitMigrated(Duration.ofSeconds(1)));

        assertThat(late.description())
                .startsWith("The database was not migrated by another instance within 1 s. 1 migration is pending:"
                        + " V2__b.sql. V2__b.sql failed: 42703 ")
                .endsWith(". Nobody migrates now.");
        assertThat(late.databaseState()).contains("nothing was run by this instance");
        assertThat(late.action()).contains("migrator.wait.timeout");
        assertThat(late.exitCode()).isEqualTo(ExitCode.LOCK_TIMEOUT);
    }

    /** The Job died, or is at work; its row says the same of both, and only the lock tells them apart. */
    @Test
    void whatWasBegunAndHasNotEndedIsToldWithWhoBeganIt() {
        scripts.with("V2__b.sql", "VACUUM;\nSELECT 1 FROM nothing;");
        failure(MigrationFailedException.class, migrator().application("the job"));
        database.execute("UPDATE schema_migrations SET state = 'running', error = NULL WHERE version = '2'");

        ValidationFailedException refused =
                catchThrowableOfType(ValidationFailedException.class, migrator().build()::requireMigrated);
        NotMigratedInTimeException late = catchThrowableOfType(
                NotMigratedInTimeException.class, () -> migrator().build().awaitMigrated(Duration.ZERO));

        assertThat(refused.description())
                .containsPattern(
                        "pending: V2__b.sql\\. V2__b.sql was begun at 20\\S+Z by .+, the job, and has not ended:"
                                + " 1 of 2 statements are done\\.");
        assertThat(late.description()).endsWith(" are done. Nobody migrates now.");

        database.execute("UPDATE schema_migrations SET state = 'interrupted' WHERE version = '2'");
        assertThat(catchThrowableOfType(
                                ValidationFailedException.class, migrator().build()::requireMigrated)
                        .description())
                .contains("V2__b.sql was interrupted after 1 of 2 statements.");
    }

    @Test
    void whatNobodyWithTheseScriptsWillRunIsNotWaitedFor() {
        scripts.with("what.sql", "SELECT 1;");

        ValidationFailedException refused = catchThrowableOfType(
                ValidationFailedException.class, () -> migrator().build().awaitMigrated(LONG));

        assertThat(refused.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.UNKNOWN_FILE);
    }

    @Test
    void aDatabaseThatComesLaterIsWaitedForAndALostConnectionIsNoEnd() throws Exception {
        try (TcpProxy proxy = new TcpProxy(TestDatabase.port())) {
            PGSimpleDataSource behind = (PGSimpleDataSource) database.dataSource();
            behind.setPortNumbers(new int[] {proxy.port()});
            Migrator waits = Migrator.builder(behind)
                    .locations(scripts.location())
                    .connectTimeout(Duration.ZERO)
                    .build();
            CompletableFuture<Void> wait = waiting(waits);

            proxy.listen();
            awaitLooked(waits, 2);
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            migrator().build().migrate();

            wait.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theWaitCanBeCancelled() {
        Migrator waits = migrator().build();
        StoppableRun run = new StoppableRun(waits);
        CompletableFuture<Boolean> wait = CompletableFuture.supplyAsync(() -> run.call(() -> {
            waits.awaitMigrated(LONG);
            return true;
        }));
        awaitLooked(waits, 2);

        run.stop();

        CompletionException ended =
                catchThrowableOfType(CompletionException.class, () -> wait.orTimeout(1, TimeUnit.MINUTES)
                        .join());
        assertThat(ended).hasCauseInstanceOf(RunCancelledException.class);
        assertThat(ended.getCause()).hasMessageContaining("while it waited for another instance to migrate");
    }

    @Test
    void theLogSaysWhatIsPendingAndWhoMigrates() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(Lookout.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        scripts.with("V2__b.sql", "LOCK TABLE other; CREATE TABLE b (id int);");
        database.execute("CREATE TABLE other (id int)");
        try (Connection blocker = database.dataSource().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE other");
            Migrator migrates = migrator()
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .application("the job")
                    .lockTimeout(Duration.ofSeconds(30))
                    .build();
            CompletableFuture<MigrationReport> migration = CompletableFuture.supplyAsync(migrates::migrate);
            await().until(() -> "t".equals(database.value("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")));

            CompletableFuture<Void> wait = waiting(migrator().build());
            await().until(() -> !lines.list.isEmpty());

            assertThat(lines.list.get(0).getFormattedMessage())
                    .startsWith("Waiting until another instance has migrated the database, for 0 s so far. 1 migration"
                            + " is pending: V2__b.sql. The migration lock is held by 'migrator: V2__b.sql (the job, ");
            blocker.rollback();
            migration.orTimeout(1, TimeUnit.MINUTES).join();
            wait.orTimeout(1, TimeUnit.MINUTES).join();
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
    }
}
