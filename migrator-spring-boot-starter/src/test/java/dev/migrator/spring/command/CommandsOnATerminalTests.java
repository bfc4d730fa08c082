package dev.migrator.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.Migrator;
import dev.migrator.spring.test.CommandProcess;
import dev.migrator.spring.test.CommandProcess.Ended;
import dev.migrator.spring.test.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A person at a terminal, which {@code script} of util-linux makes. */
class CommandsOnATerminalTests {

    private static final String CTRL_C = "\u0003";

    private static final String QUESTION = "Roll back this version? [y/N] ";

    @TempDir
    Path folder;

    private final String url = Postgres.newDatabase();

    @BeforeEach
    void migrate() throws IOException {
        boolean met = Files.isExecutable(Path.of("/usr/bin/script"));
        assumeTrue(met || System.getenv("CI") != null, "script (Debian's package: bsdutils) is not installed");
        Path scripts = Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(scripts.resolve("V1__a.sql"), "CREATE TABLE a (id int);");
        Files.writeString(scripts.resolve("U1__a.sql"), "DROP TABLE a;");
        Migrator.builder(new DriverManagerDataSource(url))
                .locations("filesystem:" + scripts)
                .build()
                .migrate();
    }

    private CommandProcess rollback() throws IOException {
        return CommandProcess.onTerminal(
                folder,
                List.of("-Dspring.datasource.url=" + url),
                "migrations",
                "rollback",
                "--migrator.backup.mode=off",
                "--migrator.locations=filesystem:" + folder.resolve("scripts"));
    }

    private static void answer(CommandProcess process, String keys) throws IOException {
        await().atMost(Duration.ofSeconds(60)).until(() -> process.out().contains(QUESTION));
        OutputStream keyboard = process.process().getOutputStream();
        keyboard.write(keys.getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
    }

    @Test
    void aRollbackIsDoneWhenItIsConfirmed() throws Exception {
        try (CommandProcess process = rollback()) {
            answer(process, "y\n");
            Ended ended = process.ended();

            assertThat(ended.code()).as(ended.out()).isZero();
            assertThat(ended.out()).contains("1 a, by U1__a.sql");
            assertThat(ended.touched()).isEmpty();
        }
        assertThat(Postgres.tableExists(url, "a")).isFalse();
    }

    /** Spring closes a context only when whoever starts it has come to an end. */
    @Test
    void ctrlCAtTheQuestionEndsTheProcessAndNothingIsDone() throws Exception {
        try (CommandProcess process = rollback()) {
            answer(process, CTRL_C);

            assertThat(process.process().waitFor(10, TimeUnit.SECONDS))
                    .as("it ends soon")
                    .isTrue();
            Ended ended = process.ended();
            assertThat(ended.code()).as(ended.out()).isEqualTo(128 + 2);
        }
        assertThat(Postgres.tableExists(url, "a")).isTrue();
    }
}
