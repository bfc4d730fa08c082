package dev.migrator.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Memory does not grow with the size of a script, or with their number: the real jar in a JVM of 64 MB.
 *
 * <p>{@code -Dbig.megabytes=1024} makes the scripts as big as the promise has them.
 */
class BigScriptIT extends DatabaseTest {

    private static final long SIZE = Long.getLong("big.megabytes", 70) * 1024 * 1024;

    private static final String WORDS = "some text that is long enough for a row of an ordinary dump";

    private void migrate() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-jar",
                        requireNonNull(System.getProperty("migrator.cli.jar")),
                        "migrate",
                        "--url",
                        database.url(),
                        "--user",
                        "postgres",
                        "--location",
                        scripts.location()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isZero();
    }

    @Test
    void insertsOfAnySizeRunInASmallJvm() throws Exception {
        long rows = write(
                "V1__inserts.sql",
                "CREATE TABLE big (id int, t text);\n",
                "INSERT INTO big VALUES (%d, '" + WORDS + "');\n",
                "");

        migrate();

        assertThat(database.value("SELECT count(*) FROM big")).isEqualTo(Long.toString(rows));
    }

    @Test
    void copyDataOfAnySizeRunsInASmallJvm() throws Exception {
        long rows = write(
                "V1__copy.sql",
                "CREATE TABLE big (id int, t text);\nCOPY big FROM STDIN;\n",
                "%d\t" + WORDS + "\n",
                "\\.\n");

        migrate();

        assertThat(database.value("SELECT count(*) FROM big")).isEqualTo(Long.toString(rows));
    }

    @Test
    void tenThousandScriptsRunInASmallJvm() throws Exception {
        for (int i = 1; i <= 10_000; i++) {
            scripts.with("V" + i + "__s.sql", "CREATE TABLE IF NOT EXISTS t" + i % 20 + " (id int);");
        }

        migrate();

        assertThat(database.value("SELECT count(*) FROM schema_migrations")).isEqualTo("10000");
    }

    private long write(String file, String head, String row, String end) throws IOException {
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(folder.toString(), file))) {
            out.write(head);
            for (long written = 0; written < SIZE; rows++) {
                String text = row.formatted(rows);
                out.write(text);
                written += text.length();
            }
            out.write(end);
        }
        return rows;
    }
}
