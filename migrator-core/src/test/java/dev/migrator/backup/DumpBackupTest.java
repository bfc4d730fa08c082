package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.postgres.LibpqConnection;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that succeed. */
class DumpBackupTest {

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    private Backups backups;

    @BeforeAll
    static void startServer() {
        server = InstalledPostgres.start();
        server.createDatabase("shop");
        server.execute(
                "shop",
                "CREATE TABLE books (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, cover bytea,"
                        + " tags text[], shout text GENERATED ALWAYS AS (upper(title)) STORED)",
                "INSERT INTO books (title, cover, tags) SELECT 'Book ' || g, '\\x00ff', ARRAY['a', NULL, 'é']"
                        + " FROM generate_series(1, 50) g",
                "CREATE TABLE sales (at date, amount int) PARTITION BY RANGE (at)",
                "CREATE TABLE sales_2026 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "INSERT INTO sales VALUES ('2026-11-21', 5)",
                "CREATE UNLOGGED TABLE cache (a int)",
                "CREATE MATERIALIZED VIEW totals AS SELECT sum(amount) FROM sales",
                "CREATE SCHEMA \"my \"\"schema\"\"\" CREATE TABLE \"my\ntable\" (a int)",
                "CREATE FOREIGN DATA WRAPPER elsewhere",
                "CREATE SERVER other FOREIGN DATA WRAPPER elsewhere",
                "CREATE FOREIGN TABLE far (a int) SERVER other",
                "SELECT lo_from_bytea(4711, 'large')",
                // what an extension brings is not dumped, but for the rows of its configuration
                "CREATE TABLE settings (a int)",
                "INSERT INTO settings VALUES (7)",
                "ALTER EXTENSION plpgsql ADD TABLE settings",
                "CREATE TABLE hidden (a int)",
                "ALTER EXTENSION plpgsql ADD TABLE hidden",
                "UPDATE pg_extension SET extconfig = ARRAY['settings'::regclass::oid], extcondition = ARRAY['']");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() {
        backups = new Backups(server, folder.resolve("made/on demand"));
    }

    @Test
    void whatIsRestoredIsWhatWasThere() throws Exception {
        TakenBackup taken = backups.take("shop");

        server.createDatabase("copy");
        // a new database has the extension without the table that was put into it by hand
        server.execute("copy", "CREATE TABLE settings (a int)");
        Program.succeed(
                server.bin().resolve("pg_restore").toString(),
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--username=postgres",
                "--exit-on-error",
                "--dbname=copy",
                taken.name());
        server.execute("copy", "ALTER EXTENSION plpgsql ADD TABLE settings");
        assertThat(server.column("copy", "SELECT a FROM settings")).containsExactly("7");
        assertThat(server.column("copy", "SELECT convert_from(lo_get(4711), 'UTF8')"))
                .containsExactly("large");
        server.execute(
                "copy",
                "UPDATE pg_extension SET extconfig = ARRAY['settings'::regclass::oid], extcondition = ARRAY['']");
        assertThat(server.dump("copy", false)).isEqualTo(server.dump("shop", false));
    }

    @Test
    void theFileIsForItsOwnersEyesOnlyAndCompleteWhenItHasItsName() throws Exception {
        TakenBackup taken = backups.take("shop");

        Path file = backups.folder().resolve("shop-before-12-20261121-160000.dump");
        assertThat(taken.name()).isEqualTo(file.toString());
        assertThat(taken.bytes()).isEqualTo(Files.size(file)).isPositive();
        assertThat(taken.restoreCommand()).isEqualTo("restore '" + file + "'");
        assertThat(backups.left()).containsExactly(file.getFileName().toString());
        assertThat(Backups.mode(file)).isEqualTo("rw-------");
        assertThat(Backups.mode(backups.folder())).isEqualTo("rwx------");
        assertThat(Backups.mode(backups.folder().getParent())).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsThereKeepsItsRights() throws Exception {
        Files.createDirectories(
                backups.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));

        backups.take("shop");

        assertThat(Backups.mode(backups.folder())).isEqualTo("rwxr-x---");
    }

    @Test
    void theParallelFormIsAFolderThatNobodyElseReads() throws Exception {
        backups.options = Backups.options(backups.options, BackupFormat.DIRECTORY, 3);

        TakenBackup taken = backups.take("shop");

        Path dump = Path.of(taken.name());
        assertThat(dump.getFileName()).hasToString("shop-before-12-20261121-160000.dump");
        assertThat(Backups.mode(dump)).isEqualTo("rwx------");
        try (var files = Files.list(dump)) {
            assertThat(files).isNotEmpty().allMatch(file -> Backups.mode(file).equals("rw-------"));
        }
        assertThat(taken.bytes()).isPositive();
        assertThat(new BackupFiles(backups.folder()).latest("shop").format()).isEqualTo(BackupFormat.DIRECTORY);
    }

    @Test
    void noNameIsGivenTwice() throws Exception {
        backups.take("shop");
        backups.take("shop");
        backups.take("shop");

        assertThat(backups.left())
                .containsExactlyInAnyOrder(
                        "shop-before-12-20261121-160000.dump",
                        "shop-before-12-20261121-160000-2.dump",
                        "shop-before-12-20261121-160000-3.dump");
        assertThat(new BackupFiles(backups.folder()).latest("shop").path())
                .hasFileName("shop-before-12-20261121-160000-3.dump");
    }

    @Test
    void aDatabaseOfAnyNameIsDumped() throws Exception {
        String name = "../ü \"x\" host=nowhere ' \\ $(id)";
        server.createDatabase("\"" + name.replace("\"", "\"\"") + "\"");

        TakenBackup taken = backups.take(name);

        DumpContents contents = DumpContents.read(ClientPrograms.find(server.bin(), 0), Path.of(taken.name()));
        assertThat(contents.isOf(name)).isTrue();
        assertThat(backups.left()).singleElement().asString().matches("[\\w.-]+\\.dump");
    }

    @Test
    void thePasswordIsGivenToPgDumpButNotAsAnArgument() throws Exception {
        server.execute("shop", "CREATE ROLE keeper LOGIN SUPERUSER PASSWORD 'open sesame'");
        server.askForPassword("keeper");
        server.shutDown("fast");
        server.startUp();
        try (Connection holder = Backups.holding(server, "shop", "LOCK TABLE books IN ACCESS EXCLUSIVE MODE");
                Backups.Running running = backups.start("shop", "keeper", "open sesame")) {
            ProcessHandle pgDump = running.awaitPgDump();
            assertThat(Files.readString(Path.of("/proc", "" + pgDump.pid(), "cmdline")))
                    .contains("--no-password")
                    .doesNotContain("sesame");
            assertThat(backups.left()).containsExactly("shop-before-12-20261121-160000.dump.part");
            assertThat(Backups.mode(backups.folder().resolve("shop-before-12-20261121-160000.dump.part")))
                    .isEqualTo("rw-------");
            holder.rollback();
            running.taken();
        }
        assertThat(backups.left()).containsExactly("shop-before-12-20261121-160000.dump");

        backups.password = "wrong";
        assertThat(backups.failure("shop", "keeper", "open sesame"))
                .hasMessageStartingWith("pg_dump cannot log in to LibpqConnection[127.0.0.1:" + server.port()
                        + "/shop]: pg_dump: error: connection to server")
                .hasMessageContaining("password authentication failed for user \"keeper\"")
                .hasMessageNotContaining("wrong");
        backups.password = null;
        BackupException none = backups.failure("shop", "keeper", "open sesame");
        assertThat(none).hasMessageContaining("no password supplied").hasMessageNotContaining("sesame");
        assertThat(none.isBegun()).isFalse();
        assertThat(none.action()).contains("migrator.password", "PGPASSWORD", "pgpass");
        assertThat(backups.left()).containsExactly("shop-before-12-20261121-160000.dump");

        Path passwords = Files.writeString(folder.resolve("pgpass"), "127.0.0.1:*:shop:keeper:open sesame\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        try (Connection connection = server.dataSource("shop").getConnection("keeper", "open sesame")) {
            Map<String, String> variables =
                    new HashMap<>(LibpqConnection.of(connection, null).variables());
            variables.put("PGPASSFILE", passwords.toString());
            assertThat(new ClientProgram(server.bin().resolve("pg_dump"), new LibpqConnection(variables))
                            .run(List.of("--no-password", "-s"), ClientProgram.Output.NONE, () -> {}, () -> false)
                            .errors())
                    .isEmpty();
        }
    }

    @Test
    void itsProgressIsToldAndTheSessionIsFreeAfterwards() throws Exception {
        List<Long> heard = new ArrayList<>();
        try (Connection connection = server.dataSource("shop").getConnection()) {
            backups.progress = (bytes, expected) -> {
                heard.add(bytes);
                assertThat(expected).isPositive();
            };
            TakenBackup taken = backups.take(connection, "shop");

            assertThat(heard).isSorted().endsWith(taken.bytes());
            assertThat(connection.getAutoCommit()).isTrue();
            connection.createStatement().execute("VACUUM books");
        }
    }

    @Test
    void theDumpIsMadeAsTheRoleThatTheSessionHasTakenOn() throws Exception {
        server.execute(
                "shop",
                "CREATE ROLE reader IN ROLE pg_read_all_data",
                "CREATE ROLE visitor LOGIN NOINHERIT IN ROLE reader",
                "GRANT SELECT ON LARGE OBJECT 4711 TO reader");
        try (Connection connection = server.dataSource("shop").getConnection("visitor", "")) {
            connection.createStatement().execute("SET ROLE reader");

            assertThat(backups.take(connection, "shop").bytes()).isPositive();
        }
    }

    @Test
    void whatACrashLeftIsRemovedAfterADay() throws Exception {
        Files.createDirectories(backups.folder());
        Path old = Files.writeString(backups.folder().resolve("shop-before-9-20261101-000000.dump.part"), "half");
        Path folder = Files.createDirectory(backups.folder().resolve("shop-before-8-20261101-000000.dump.part"));
        Path inside = Files.writeString(folder.resolve("toc.dat"), "half");
        Path fresh = Files.writeString(backups.folder().resolve("shop-before-7-20261101-000000.dump.part"), "half");
        Path others = Files.writeString(backups.folder().resolve("shop-eu-before-9-20261101-000000.dump.part"), "half");
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        for (Path path : List.of(old, inside, folder, others)) {
            Files.setLastModifiedTime(path, longAgo);
        }

        backups.take("shop");

        assertThat(backups.left())
                .containsExactlyInAnyOrder(
                        "shop-before-12-20261121-160000.dump",
                        fresh.getFileName().toString(),
                        others.getFileName().toString());
    }
}
