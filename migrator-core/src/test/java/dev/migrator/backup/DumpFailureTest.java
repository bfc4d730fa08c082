package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.crash.SmallDisk;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Program;
import dev.migrator.testing.Requirement;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that are not possible, and dumps that come to nothing: a clear word, and nothing left of them. */
class DumpFailureTest {

    private static final String ACTIVE =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'migrator: pg_dump'";

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
                "CREATE TABLE books (id int PRIMARY KEY, title text)",
                "INSERT INTO books VALUES (1, 'Emma')",
                "CREATE SEQUENCE numbers",
                "CREATE TABLE authors (id int)",
                "CREATE SCHEMA staff CREATE TABLE salaries (amount int)",
                "CREATE ROLE clerk LOGIN");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() {
        backups = new Backups(server, folder.resolve("backups"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(Files.isDirectory(backups.folder()) ? backups.left() : List.of())
                .isEmpty();
        assertThat(server.column("shop", "SELECT title FROM books")).containsExactly("Emma");
    }

    private static void assertNotPossible(BackupException failure, String message, String action) {
        assertThat(failure).hasMessage(message);
        assertThat(failure.isBegun()).isFalse();
        assertThat(failure.action()).contains(action);
    }

    @Test
    void behindAPoolerItIsNotPossible() {
        backups.pooled = true;

        assertNotPossible(
                backups.failure("shop"),
                "there is a connection pooler before the database, and pg_dump needs a session of its own",
                "migrator.url");
    }

    @Test
    void anOlderPgDumpIsNotTried() throws Exception {
        ClientVersion client = ClientPrograms.find(server.bin(), 0).version();
        Requirement.server(client.major() + 1, "a server that the installed pg_dump is too old for");
        try (TestDatabase newer = TestDatabase.create();
                Connection connection = newer.dataSource().getConnection()) {
            BackupException failure =
                    catchThrowableOfType(BackupException.class, () -> backups.take(connection, newer.name()));

            assertNotPossible(
                    failure,
                    "pg_dump " + client.text() + " (" + server.bin() + ") is older than the server, "
                            + TestDatabase.serverVersion(),
                    "Install PostgreSQL's client programs of the server's version or a newer one");
        }
        assertThat(backups.folder()).doesNotExist();
    }

    @Test
    void withoutPgDumpItSaysWhereItLooked() {
        backups.options = Backups.options(backups.options, BackupMode.REQUIRED, 1L << 30, folder);

        assertNotPossible(backups.failure("shop"), "there is no pg_dump in " + folder, "migrator.backup.programs");
    }

    @Test
    void aLargeDatabaseIsDumpedOnlyWhereThatIsRequired() throws Exception {
        backups.options = Backups.options(backups.options, BackupMode.AUTO, 1L << 20, server.bin());

        BackupException failure = backups.failure("shop");

        assertThat(failure)
                .message()
                .matches("the database has [78]\\.\\d MB, more than 1\\.0 MB \\(migrator\\.backup\\.max-size\\)");
        assertThat(failure.isBegun()).isFalse();
        assertThat(failure.action()).contains("migrator.backup.mode=required");

        backups.options = Backups.options(backups.options, BackupMode.REQUIRED, 1L << 20, server.bin());
        Files.delete(Path.of(backups.take("shop").name()));
    }

    @Test
    void whatTheRoleMayNotReadIsNamed() {
        assertNotPossible(
                backups.failure("shop", "clerk", ""),
                "the role \"clerk\" may not read sequence public.numbers, table public.authors, table public.books and 1 more",
                "GRANT pg_read_all_data TO \"clerk\"");

        server.execute("shop", "GRANT SELECT ON ALL TABLES IN SCHEMA public, staff TO clerk");
        server.execute("shop", "GRANT SELECT ON numbers TO clerk");
        try {
            assertThat(backups.failure("shop", "clerk", ""))
                    .hasMessage("the role \"clerk\" may not read table staff.salaries");
        } finally {
            server.execute("shop", "REVOKE ALL ON ALL TABLES IN SCHEMA public, staff FROM clerk");
            server.execute("shop", "REVOKE ALL ON numbers FROM clerk");
        }
    }

    @Test
    void aLargeObjectThatTheRoleMayNotReadIsNamed() {
        server.createDatabase("library");
        server.execute(
                "library", "SELECT lo_create(4711), lo_create(4712)", "GRANT SELECT ON LARGE OBJECT 4712 TO clerk");

        assertThat(backups.failure("library", "clerk", ""))
                .hasMessage("the role \"clerk\" may not read large object 4711");
    }

    @Test
    void rowsThatAPolicyHidesAreNotLeftOutInSilence() {
        server.createDatabase("tenants");
        server.execute(
                "tenants",
                "CREATE TABLE orders (tenant text)",
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON orders TO clerk");

        assertNotPossible(
                backups.failure("tenants", "clerk", ""),
                "row-level security hides rows from the role \"clerk\" in table public.orders",
                "BYPASSRLS");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder.resolve("taken"), "a file");
        Backups elsewhere = new Backups(server, folder.resolve("taken"));
        assertNotPossible(
                elsewhere.failure("shop"),
                "backups cannot be written to " + folder.resolve("taken") + ": a file is in its place",
                "migrator.backup.directory");
        elsewhere = new Backups(server, folder.resolve("taken/below"));
        assertNotPossible(
                elsewhere.failure("shop"),
                "backups cannot be written to " + folder.resolve("taken/below") + ": Not a directory",
                "migrator.backup.directory");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, "root", 20)) {
            Program.succeed("mount", "-o", "remount,ro", disk.folder().toString());
            Backups readOnly = new Backups(server, disk.folder());

            assertNotPossible(
                    readOnly.failure("shop"),
                    "backups cannot be written to " + disk.folder() + ": Read-only file system",
                    "migrator.backup.directory");
        }
    }

    @Test
    void aPasswordThatJavaCannotHandOverIsNotHandedOverAsQuestionMarks() {
        String encoding = System.getProperty("native.encoding");
        System.setProperty("native.encoding", "US-ASCII");
        try {
            backups.password = "pässword";

            assertNotPossible(
                    backups.failure("shop"),
                    "PGPASSWORD has characters that Java cannot hand to a program in the encoding US-ASCII",
                    "LC_ALL=C.UTF-8");
        } finally {
            System.setProperty("native.encoding", encoding);
        }
    }

    @Test
    void aDiskThatIsTooSmallIsNotBegunWith() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, "root", 1)) {
            Backups small = new Backups(server, disk.folder());

            BackupException failure = small.failure("shop");

            assertThat(failure)
                    .message()
                    .matches("there are 1\\.0 MB free in .*/small-disk, and a dump needs \\d\\.\\d MB or more"
                            + " \\(a quarter of the tables\\)");
            assertThat(failure.isBegun()).isFalse();
            assertThat(small.left()).isEmpty();
        }
    }

    @Test
    void aDiskThatIsFullInTheMiddleIsFreedAgain() throws Exception {
        server.createDatabase("photos");
        server.execute(
                "photos",
                "CREATE TABLE photos (content bytea)",
                "ALTER TABLE photos ALTER content SET STORAGE EXTERNAL",
                "INSERT INTO photos SELECT decode(string_agg(md5(random()::text), ''), 'hex')"
                        + " FROM generate_series(1, 375000) g GROUP BY g % 10");
        try (SmallDisk disk = SmallDisk.mount(folder, "root", 4)) {
            Backups small = new Backups(server, disk.folder());

            BackupException failure = small.failure("photos");

            assertThat(failure)
                    .hasMessageStartingWith("pg_dump failed: pg_dump: error: ")
                    .hasMessageContaining("No space left on device");
            assertThat(failure.isBegun()).isTrue();
            assertThat(failure.action()).startsWith("Make room in " + disk.folder());
            assertThat(small.left()).isEmpty();
        }
    }

    @Test
    void aDumpThatIsKilledLeavesNothing() throws Exception {
        try (Connection holder = Backups.holding(server, "shop", "LOCK TABLE books IN ACCESS EXCLUSIVE MODE");
                Backups.Running running = backups.start("shop")) {
            running.awaitPgDump().destroyForcibly();

            assertThat(running.failure()).isInstanceOfSatisfying(BackupException.class, failure -> {
                assertThat(failure).hasMessage("pg_dump failed: it was ended by signal 9");
                assertThat(failure.isBegun()).isTrue();
                assertThat(failure.action()).contains("system's log");
            });
            holder.rollback();
        }
    }

    @Test
    void aTableThatSomebodyHoldsIsNotWaitedForWithoutEnd() throws Exception {
        backups.lockWait = Duration.ofMillis(300);
        try (Connection holder = Backups.holding(server, "shop", "LOCK TABLE books IN ACCESS EXCLUSIVE MODE")) {
            BackupException failure = backups.failure("shop");

            assertThat(failure)
                    .hasMessageStartingWith("pg_dump failed: a table was held exclusively for longer than 300 ms: ")
                    .hasMessageContaining("LOCK TABLE public.books");
            assertThat(failure.action()).contains("pg_locks");
            holder.rollback();
        }
    }

    @Test
    void aTableThatIsDroppedMeanwhileIsNotOverlooked() throws Exception {
        server.execute("shop", "CREATE TABLE passing (a int)");
        try (Connection holder = Backups.holding(server, "shop", "DROP TABLE passing");
                Backups.Running running = backups.start("shop")) {
            running.awaitPgDump();
            holder.commit();

            assertThat(running.failure())
                    .isInstanceOf(BackupException.class)
                    .hasMessageStartingWith("pg_dump failed: ")
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void whenItIsCancelledItsProgramAndItsSessionEnd() throws Exception {
        for (BackupFormat format : BackupFormat.values()) {
            backups.options = Backups.options(backups.options, format, 2);
            try (Connection holder = Backups.holding(server, "shop", "LOCK TABLE books IN ACCESS EXCLUSIVE MODE");
                    Backups.Running running = backups.start("shop")) {
                ProcessHandle pgDump = running.awaitPgDump();
                running.cancel();

                assertThat(running.failure()).isInstanceOf(CancellationException.class);
                assertThat(pgDump.isAlive()).isFalse();
                assertThat(backups.left()).isEmpty();
                await().until(() -> server.column("shop", ACTIVE).isEmpty());
                holder.rollback();
            }
        }
    }

    @Test
    void aDumpThatLacksATableIsNoBackup() throws Exception {
        backups.options = Backups.options(
                backups.options,
                BackupMode.AUTO,
                1L << 30,
                programs("exec " + server.bin().resolve("pg_dump") + " \"$@\" ${PGHOST:+--exclude-table=books}"));

        BackupException failure = backups.failure("shop");

        assertThat(failure).hasMessage("the new dump has 2 tables, and the database 3; it lacks public.books");
        assertThat(failure.isBegun()).isTrue();
    }

    @Test
    void aDumpThatLacksRowsIsNoBackup() throws Exception {
        backups.options = Backups.options(
                backups.options,
                BackupMode.AUTO,
                1L << 30,
                programs("exec " + server.bin().resolve("pg_dump") + " \"$@\" ${PGHOST:+--exclude-table-data=books}"));

        assertThat(backups.failure("shop")).hasMessage("the new dump lacks the rows of public.books");
    }

    @Test
    void aDumpThatCannotBeReadIsNoBackup() throws Exception {
        backups.options = Backups.options(
                backups.options,
                BackupMode.AUTO,
                1L << 30,
                programs("[ -n \"$PGHOST\" ] || exec " + server.bin().resolve("pg_dump") + " \"$@\""));

        BackupException failure = backups.failure("shop");

        assertThat(failure)
                .hasMessageStartingWith("the new dump cannot be read: ")
                .hasMessageContaining("too short");
        assertThat(failure.isBegun()).isTrue();
    }

    /** The server's programs, but for another pg_dump. */
    private Path programs(String script) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        program(programs, "pg_dump", script);
        program(programs, "pg_restore", "exec " + server.bin().resolve("pg_restore") + " \"$@\"");
        return programs;
    }

    private static void program(Path programs, String name, String script) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aConnectionThatEndsInTheMiddleEndsTheDumpToo() throws Exception {
        try (Connection holder = Backups.holding(server, "shop", "LOCK TABLE books IN ACCESS EXCLUSIVE MODE");
                Backups.Running running = backups.start("shop")) {
            running.awaitPgDump();
            server.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop' AND state ="
                            + " 'idle in transaction' AND query LIKE '%relkind%'");
            holder.rollback();

            assertThat(running.failure()).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aLogInThatIsRefusedIsNothingBegun() throws Exception {
        server.execute("shop", "ALTER ROLE clerk CONNECTION LIMIT 1", "GRANT pg_read_all_data TO clerk");
        try {
            BackupException failure = backups.failure("shop", "clerk", "");

            assertThat(failure)
                    .hasMessageStartingWith("pg_dump cannot log in to ")
                    .hasMessageContaining("too many connections for role \"clerk\"");
            assertThat(failure.isBegun()).isFalse();
        } finally {
            server.execute("shop", "ALTER ROLE clerk CONNECTION LIMIT -1", "REVOKE pg_read_all_data FROM clerk");
        }
    }
}
