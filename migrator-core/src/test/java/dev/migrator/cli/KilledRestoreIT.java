package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process dies by SIGKILL in the middle of a restore. */
class KilledRestoreIT {

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = InstalledPostgres.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static List<String> databases() {
        return server.column("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'shop%' ORDER BY 1");
    }

    private Process restore(Path file) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "restore",
                        file.toString(),
                        "--yes",
                        "--url",
                        server.url("shop"),
                        "--user",
                        "postgres")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    @Test
    void everythingIsAsItWasAndTheNextRestoreTidiesUp() throws Exception {
        server.createDatabase("shop");
        server.execute("shop", """
                CREATE TABLE pause (seconds int);
                INSERT INTO pause VALUES (5);
                CREATE FUNCTION slow(n int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN
                    IF current_setting('application_name') = 'migrator: pg_restore' THEN PERFORM pg_sleep(3); END IF;
                    RETURN true; END $$;
                CREATE TABLE slow (n int CHECK (slow(n)));
                INSERT INTO slow VALUES (1);
                """);
        Path file = folder.resolve("shop.dump");
        server.dumpTo("shop", file, "--format=custom");
        server.execute("shop", "UPDATE pause SET seconds = 7");
        Process process = restore(file);
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.column(
                            "postgres",
                            "SELECT pid FROM pg_stat_activity WHERE application_name = 'migrator: pg_restore'"
                                    + " AND wait_event = 'PgSleep'")
                    .isEmpty());
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(server.column("shop", "SELECT seconds FROM pause")).containsExactly("7");
        assertThat(databases()).hasSize(2).contains("shop");
        // pg_restore goes on without its master, and notices in the end
        await().atMost(Duration.ofSeconds(30)).until(() -> server.column(
                        "postgres", "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'shop_restoring_%'")
                .isEmpty());

        Result again = new Command("restore", file.toString(), "--yes", "--drop-old")
                .with("--url", server.url("shop"), "--user", "postgres")
                .run();

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(databases()).containsExactly("shop");
        assertThat(server.column("shop", "SELECT seconds FROM pause")).containsExactly("5");
    }
}
