package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.testing.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pg_restore tells of dumps, and of what is none. */
class DumpContentsTest {

    private static InstalledPostgres server;

    private static ClientPrograms programs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws BackupException {
        server = InstalledPostgres.start();
        programs = ClientPrograms.find(server.bin(), 0);
        server.createDatabase("\"we ird; Format: \n x\"");
        server.execute(
                "we ird; Format: \n x",
                "CREATE TABLE t (a int)",
                "CREATE SCHEMA \"DATA\" CREATE TABLE \"my t\nable\" (a int)",
                "CREATE SCHEMA \"ATTACH\" CREATE TABLE a (a int)",
                "CREATE TABLE p (a int) PARTITION BY RANGE (a)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9)",
                "CREATE UNLOGGED TABLE u (a int)",
                "CREATE MATERIALIZED VIEW m AS SELECT 1 AS one",
                "CREATE FOREIGN DATA WRAPPER w",
                "CREATE SERVER s FOREIGN DATA WRAPPER w",
                "CREATE FOREIGN TABLE f (a int) SERVER s");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private Path dump(String format) {
        return dump("we ird; Format: \n x", format);
    }

    private Path dump(String database, String format) {
        Path file = folder.resolve("a dump");
        server.dumpTo(database, file, "--format=" + format);
        return file;
    }

    @Test
    void itsTablesAreThoseOfTheDatabaseWhateverTheyAreCalled() throws BackupException {
        DumpContents contents = DumpContents.read(programs, dump("custom"));

        assertThat(contents.tables())
                .extracting(table -> table.kind() + " " + table.name())
                .containsExactlyInAnyOrder(
                        "TABLE public t postgres",
                        "TABLE DATA my t able postgres",
                        "TABLE ATTACH a postgres",
                        "TABLE public p postgres",
                        "TABLE public p1 postgres",
                        "TABLE public u postgres",
                        "FOREIGN_TABLE public f postgres",
                        "DATA public t postgres",
                        "DATA DATA my t able postgres",
                        "DATA ATTACH a postgres",
                        "DATA public p1 postgres",
                        "DATA public u postgres");
        assertThat(server.column(
                        "we ird; Format: \n x",
                        "SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'f') AND oid >= 16384"))
                .containsExactlyInAnyOrderElementsOf(contents.tables().stream()
                        .filter(table -> table.kind() != DumpedTable.Kind.DATA)
                        .map(table -> "" + table.oid())
                        .toList());
    }

    @Test
    void itSaysWhatItWasMadeOf() throws BackupException {
        DumpContents contents = DumpContents.read(programs, dump("custom"));

        assertThat(contents.format()).isEqualTo(BackupFormat.CUSTOM);
        assertThat(contents.isOf("we ird; Format: \n x")).isTrue();
        assertThat(contents.isOf("we")).isFalse();
        assertThat(contents.createdAt())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plusSeconds(1));
        assertThat(contents.serverVersion()).startsWith(programs.version().major() + ".");
        assertThat(contents.programVersion()).isEqualTo(programs.version().text());
        assertThat(contents.entries()).isGreaterThan(contents.tables().size());
    }

    @Test
    void aFolderIsADumpToo() throws BackupException {
        assertThat(DumpContents.read(programs, dump("directory")).format()).isEqualTo(BackupFormat.DIRECTORY);
    }

    @Test
    void otherFormatsAreRefusedByName() {
        assertThat(refusal(dump("postgres", "tar"))).hasMessageEndingWith("not supported: TAR");
        BackupException script = refusal(dump("postgres", "plain"));
        assertThat(script).hasMessageContaining("text format");
        assertThat(script.action()).startsWith("It is a plain SQL script");
    }

    @Test
    void whatIsNoDumpIsRefused() throws IOException {
        assertThat(refusal(Files.writeString(folder.resolve("note"), "hello")))
                .hasMessageContaining("note is not a whole dump in custom or directory format: pg_restore: error:");
        assertThat(refusal(Files.createFile(folder.resolve("empty")))).hasMessageContaining("too short");
        assertThat(refusal(Files.createDirectory(folder.resolve("folder")))).hasMessageContaining("toc.dat");
        assertThat(refusal(folder.resolve("missing"))).hasMessageStartingWith("there is no dump ");
        byte[] whole = Files.readAllBytes(dump("custom"));
        assertThat(refusal(Files.write(folder.resolve("half"), Arrays.copyOf(whole, 700))))
                .hasMessageContaining("half is not a whole dump");
        whole[6] = 99;
        assertThat(refusal(Files.write(folder.resolve("future"), whole)))
                .hasMessageContaining("future was made by a newer pg_dump than pg_restore "
                        + programs.version().text());
    }

    private static BackupException refusal(Path file) {
        return catchThrowableOfType(BackupException.class, () -> DumpContents.read(programs, file));
    }
}
