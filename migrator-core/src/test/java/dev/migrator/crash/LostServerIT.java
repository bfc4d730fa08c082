package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server ends the migrating session in mid-statement, or ends itself. */
class LostServerIT {

    private static final String DATABASE = "lost";

    @TempDir
    private Path folder;

    private InstalledPostgres server;
    private CompletableFuture<?> run;

    @BeforeEach
    void startSlowRun() {
        server = InstalledPostgres.start();
        server.createDatabase(DATABASE);
        server.execute(DATABASE, SlowMigration.SLOW.toArray(String[]::new));
        SlowMigration.writeTo(new Scripts(folder));
        run = CompletableFuture.runAsync(this::migrate);
        await().until(() -> server.column(DATABASE, SlowMigration.SLEEPS).get(0).equals("1"));
    }

    private void migrate() {
        Migrator.builder(server.dataSource(DATABASE))
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .locations("filesystem:" + folder)
                .build()
                .migrate();
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSessionIsTerminated() {
        server.execute(
                DATABASE,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event = 'PgSleep'");

        assertThat(failure())
                .hasMessageContaining("The connection was lost while V2__slow.sql:4:1 ran")
                .hasMessageContaining("terminating connection due to administrator command")
                .hasMessageContaining("statements 1 to 1 of 4 of V2__slow.sql are done and stay")
                .hasMessageContaining("Start again when the server can be reached");
        requireCarriesOn();
    }

    @Test
    void theServerIsShutDownInOrder() {
        server.shutDown("fast");

        assertThat(failure())
                .hasMessageContaining("whether V2__slow.sql was committed could not be asked")
                .hasMessageContaining("Start again when the server can be reached");
        server.startUp();
        requireCarriesOn();
    }

    @Test
    void theServerCrashes() {
        server.shutDown("immediate");

        // whether the statement's answer or only the connection is lost is a matter of time
        assertThat(failure())
                .hasMessageMatching(
                        "(?s)The connection was lost while V2__slow\\.sql(:4:1 ran| ran: in statement 4).*");
        server.startUp();
        requireCarriesOn();
    }

    private Throwable failure() {
        Throwable failure =
                catchThrowable(() -> run.orTimeout(1, TimeUnit.MINUTES).join()).getCause();
        assertThat(failure).isInstanceOf(DatabaseUnreachableException.class);
        return failure;
    }

    private void requireCarriesOn() {
        server.execute(DATABASE, SlowMigration.QUICK);

        migrate();

        assertThat(server.column(DATABASE, SlowMigration.HISTORY_QUERY)).isEqualTo(SlowMigration.HISTORY);
        assertThat(server.column(DATABASE, SlowMigration.RESULT)).containsExactly(SlowMigration.EXPECTED);
    }
}
