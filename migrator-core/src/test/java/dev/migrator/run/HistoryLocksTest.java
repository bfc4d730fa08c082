package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history's own statements wait for nobody's lock without a limit, and are tried again like a script's. */
class HistoryLocksTest extends DatabaseTest {

    private final List<RunEvent.StepRetried> retries = new CopyOnWriteArrayList<>();
    private Connection other;

    @BeforeEach
    void connect() throws SQLException {
        other = database.dataSource().getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        other.close();
    }

    private void hold(String text) {
        try (Statement statement = other.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void release() {
        try {
            other.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lock that is in the way goes after the second attempt. */
    private MigratorBuilder impatient() {
        return migrator().lockTimeout(Duration.ofMillis(100)).listener(event -> {
            if (event instanceof RunEvent.StepRetried retried) {
                retries.add(retried);
                if (retries.size() == 2) {
                    release();
                }
            }
        });
    }

    @Test
    void theTableIsCreatedWhenSomebodyElsesUncommittedOneHasGone() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        hold("CREATE TABLE schema_migrations (id int)");

        impatient().build().migrate();

        assertThat(retries).hasSize(2).allSatisfy(retried -> assertThat(retried.describe())
                .startsWith("schema_migrations: attempt ")
                .contains("55P03")
                .contains("waiting for pid ")
                .contains("CREATE TABLE schema_migrations (id int)"));
        assertThat(history()).containsExactly("1 versioned applied 1/1");
    }

    @Test
    void aTableThatCannotBeCreatedInTimeIsSaid() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        hold("CREATE TABLE schema_migrations (id int)");

        ConfigurationException failure =
                failure(ConfigurationException.class, migrator().lockTimeout(Duration.ofMillis(100)));

        assertThat(failure)
                .hasMessageContaining("The history table public.schema_migrations could not be made")
                .hasMessageContaining("55P03")
                .hasMessageContaining("nothing was run")
                .hasMessageContaining("pg_blocking_pids");
    }

    @Test
    void aCheckpointIsTriedAgainThoughItsStatementRunsWithoutLimits() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);").with("V2__v.sql", "VACUUM t;\nVACUUM t;");
        Migrator migrator = impatient()
                .listener(event -> {
                    if (event instanceof RunEvent.StepStarted started && started.step() == 2) {
                        hold("LOCK TABLE schema_migrations IN SHARE MODE");
                    }
                })
                .build();

        migrator.migrate();

        assertThat(retries).hasSize(2);
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 2/2");
    }

    @Test
    void theRowOfASkippedMigrationIsTriedAgain() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__only.sql", "-- migrator: only-if=env:nowhere\nSELECT 1;");
        impatient()
                .listener(event -> {
                    if (event instanceof RunEvent.StepStarted started && started.step() == 2) {
                        hold("LOCK TABLE schema_migrations IN SHARE MODE");
                    }
                })
                .build()
                .migrate();

        assertThat(retries).hasSize(2).allSatisfy(retried -> assertThat(retried.script())
                .isEqualTo("V2__only.sql"));
        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned skipped 0/0");
    }

    @Test
    void everyTransactionOfEveryKindOfStepIsLimited() {
        String insert = "INSERT INTO seen SELECT '%s', current_setting('lock_timeout');\n";
        scripts.with("V1__a.sql", "CREATE TABLE seen (script text, lock_timeout text);\n" + insert.formatted("one"))
                .with("V2__b.sql", insert.formatted("first") + "VACUUM seen;\n" + insert.formatted("second"))
                .with("V3__c.sql", "-- migrator: lock-timeout=2s\n" + insert.formatted("directive"))
                .with("V4__d.sql", "-- migrator: transaction=none\n" + insert.formatted("none"))
                .with("V5__e.sql", "-- migrator: lock-timeout=3s\nBEGIN;\n" + insert.formatted("begin") + "COMMIT;")
                .with("R__r.sql", insert.formatted("repeatable"));
        Migrator.builder(database.dataSource())
                .locations(scripts.location())
                .lockTimeout(Duration.ofMillis(1234))
                .javaMigrations(List.of(new InsertInJava(insert.formatted("java"))))
                .build()
                .migrate();

        assertThat(database.column("SELECT script || ' ' || lock_timeout FROM seen"))
                .containsExactly(
                        "one 1234ms",
                        "first 1234ms",
                        "second 1234ms",
                        "directive 2s",
                        "none 1234ms",
                        "begin 3s",
                        "java 1234ms",
                        "repeatable 1234ms");
    }

    private record InsertInJava(String statement) implements JavaMigration {

        @Override
        public String name() {
            return "V6__f";
        }

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (Statement jdbc = context.connection().createStatement()) {
                jdbc.execute(statement);
            }
        }
    }

    @Test
    void aRunThatIsCancelledWaitsForItsHistoryNotMuchLonger() throws Exception {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        migrator().build().migrate();
        scripts.with("V2__i.sql", "CREATE INDEX CONCURRENTLY t_id ON t (id);");
        hold("LOCK TABLE schema_migrations IN SHARE MODE");
        java.util.concurrent.CountDownLatch retried = new java.util.concurrent.CountDownLatch(1);
        Migrator migrator = migrator()
                .lockTimeout(Duration.ofMillis(500))
                .retry(100, Duration.ofMillis(20), Duration.ofMillis(50))
                .listener(event -> {
                    if (event instanceof RunEvent.StepRetried) {
                        retried.countDown();
                    }
                })
                .build();
        var run = java.util.concurrent.CompletableFuture.supplyAsync(migrator::migrate);
        retried.await(1, TimeUnit.MINUTES);
        long start = System.nanoTime();

        migrator.cancel();

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                java.util.concurrent.CompletionException.class,
                                () -> run.orTimeout(1, TimeUnit.MINUTES).join())
                        .getCause())
                .isInstanceOf(RunCancelledException.class)
                .hasMessageContaining("V2__i.sql");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        release();
        assertThat(migrator.migrate().applied()).hasSize(1);
    }
}
