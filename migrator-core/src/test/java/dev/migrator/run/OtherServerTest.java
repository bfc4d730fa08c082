package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.SeveralServers;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** One data source leads now to a primary and now to its standby, as a balancer does, or a URL with {@code loadBalanceHosts}. */
class OtherServerTest {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final String NAPPING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND state = 'active' AND wait_event = 'PgSleep'";

    private static final String END_THE_NAP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event = 'PgSleep'";

    private static final String END_THE_OBSERVER = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND state = 'idle'";

    private static InstalledPostgres primary;
    private static InstalledPostgres standby;

    @TempDir
    private Path folder;

    private final String database = "other_server_" + DATABASES.incrementAndGet();

    @BeforeAll
    static void startTwoServers() {
        primary = InstalledPostgres.start();
        standby = primary.standby();
    }

    @AfterAll
    static void endThem() {
        if (standby != null) {
            standby.close();
        }
        if (primary != null) {
            primary.close();
        }
    }

    @BeforeEach
    void makeTheDatabase() {
        primary.createDatabase(database);
        await().ignoreExceptions()
                .until(() -> standby.column(database, "SELECT 1").equals(List.of("1")));
    }

    private void script(String text) {
        new Scripts(folder).with("V1__a.sql", text);
    }

    private MigratorBuilder migrator(DataSource dataSource) {
        return Migrator.builder(dataSource)
                .locations("filesystem:" + folder)
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .connectTimeout(Duration.ofSeconds(2));
    }

    private DataSource toThePrimary() {
        return primary.dataSource(database);
    }

    private DataSource toTheStandby() {
        return standby.dataSource(database);
    }

    private static CompletableFuture<MigrationReport> inBackground(Migrator migrator) {
        return CompletableFuture.supplyAsync(migrator::migrate, task -> new Thread(task, "other-server-test").start());
    }

    private void awaitTheNap() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> primary.column(database, NAPPING).equals(List.of("1")));
    }

    private static void awaitObservation(Migrator migrator) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            var current = migrator.snapshot().current();
            return current != null && current.text() != null;
        });
    }

    private static Throwable failureOf(CompletableFuture<MigrationReport> run) {
        return catchThrowableOfType(ExecutionException.class, () -> run.get(1, TimeUnit.MINUTES))
                .getCause();
    }

    private static DatabaseUnreachableException loss(CompletableFuture<MigrationReport> run) {
        Throwable failure = failureOf(run);
        assertThat(failure).isInstanceOf(DatabaseUnreachableException.class);
        return (DatabaseUnreachableException) failure;
    }

    @Test
    void aRunIsNotTakenForDeadByWhomAnotherServerAnswers() {
        script("SELECT pg_sleep(4);");
        List<RunEvent> seen = new CopyOnWriteArrayList<>();

        MigrationReport report = migrator(SeveralServers.by(number -> number == 0 ? toThePrimary() : toTheStandby()))
                .listener(event -> {
                    if (event instanceof RunEvent.StepProgress) {
                        seen.add(event);
                    }
                })
                .build()
                .migrate();

        assertThat(report.applied()).hasSize(1);
        assertThat(seen).as("what another server does").isEmpty();
    }

    @Test
    void aRunIsObservedOnceAConnectionLeadsToItsServer() {
        script("SELECT pg_sleep(300);");
        Migrator migrator = migrator(SeveralServers.by(number -> number == 1 ? toTheStandby() : toThePrimary()))
                .build();
        CompletableFuture<MigrationReport> run = inBackground(migrator);

        awaitObservation(migrator);

        primary.execute(database, END_THE_NAP);
        loss(run);
    }

    @Test
    void aPrimaryOfAnotherClusterHasNotTakenTheRunsOne() {
        try (TestDatabase stranger = TestDatabase.create()) {
            AtomicReference<DataSource> others = new AtomicReference<>(toThePrimary());
            script("SELECT pg_sleep(300);");
            Migrator migrator = migrator(SeveralServers.by(number -> number == 0 ? toThePrimary() : others.get()))
                    .build();
            CompletableFuture<MigrationReport> run = inBackground(migrator);
            awaitObservation(migrator);

            others.set(stranger.dataSource());
            primary.execute(database, END_THE_OBSERVER);
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(30)).until(() -> !run.isDone());

            primary.execute(database, END_THE_NAP.replace("terminate", "cancel"));
            assertThat(failureOf(run)).isInstanceOf(MigrationFailedException.class);
        }
    }

    @Test
    void aStandbyIsNotAskedWhetherALostStepWasCommitted() {
        script("SELECT pg_sleep(300);");
        CompletableFuture<MigrationReport> run =
                inBackground(migrator(SeveralServers.by(number -> number == 0 ? toThePrimary() : toTheStandby()))
                        .build());
        awaitTheNap();

        primary.execute(database, END_THE_NAP);

        assertThat(loss(run)).hasMessageContaining("whether V1__a.sql was committed could not be asked");
    }

    @Test
    void thePrimaryIsAskedThatWhereSomeConnectionsLeadToIt() {
        script("SELECT pg_sleep(300);");
        CompletableFuture<MigrationReport> run =
                inBackground(migrator(SeveralServers.by(number -> number % 3 == 0 ? toThePrimary() : toTheStandby()))
                        .build());
        awaitTheNap();

        primary.execute(database, END_THE_NAP);

        assertThat(loss(run)).hasMessageContaining("V1__a.sql is not recorded as applied: the server rolled it back.");
    }

    /** As when the primary's machine loses its power, and the standby takes over its address. */
    @Test
    void aSilentPrimaryWhosePlaceAnotherHasTakenEndsTheRun() throws Exception {
        try (InstalledPostgres successor = primary.standby();
                TcpProxy proxy = new TcpProxy(primary.port()).listen()) {
            await().ignoreExceptions()
                    .until(() -> successor.column(database, "SELECT 1").equals(List.of("1")));
            PGSimpleDataSource line = (PGSimpleDataSource) toThePrimary();
            line.setPortNumbers(new int[] {proxy.port()});
            AtomicReference<DataSource> others = new AtomicReference<>(toThePrimary());
            script("SELECT pg_sleep(300);");
            Migrator migrator = migrator(SeveralServers.by(number -> number == 0 ? line : others.get()))
                    .build();
            CompletableFuture<MigrationReport> run = inBackground(migrator);
            awaitObservation(migrator);

            proxy.dropPackets();
            successor.promote();
            others.set(successor.dataSource(database));
            primary.execute(
                    database,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid()");

            assertThat(loss(run)).hasMessageContaining("The connection was lost while V1__a.sql ran");
        }
    }
}
