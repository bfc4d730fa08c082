package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A dump is tried out, and nothing is left of that. */
class VerifyBackupTest {

    private static InstalledPostgres server;

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void start() {
        server = InstalledPostgres.start();
        server.createDatabase("shop");
        server.execute(
                "shop",
                "CREATE EXTENSION citext",
                "CREATE TABLE \"odd \"\"name\" (a text, b varchar(5) CHECK (b IN ('x', 'y')))",
                "INSERT INTO \"odd \"\"name\" SELECT E'\\\\.\\nCOPY x FROM stdin;', 'x' FROM generate_series(1, 100)",
                "CREATE TABLE nothing ()",
                "INSERT INTO nothing DEFAULT VALUES",
                "CREATE TABLE p (n int) PARTITION BY LIST (n)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
                "INSERT INTO p VALUES (1), (1)",
                "CREATE TABLE parent (n int)",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1)",
                "CREATE TABLE gone (n int)",
                "CREATE VIEW v AS SELECT a || b AS ab FROM \"odd \"\"name\" WHERE b = ANY ('{x,y}')",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS E'\\n-- a remark\\n\\nSELECT 1;'",
                "GRANT SELECT ON p TO PUBLIC",
                "SELECT lo_from_bytea(1, 'x')");
        file = folder.resolve("shop.dump");
        server.dumpTo("shop", file, "--format=custom");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Migrator migrator() {
        return migrator(server.dataSource("shop"));
    }

    private static Migrator migrator(DataSource dataSource) {
        return Migrator.builder(dataSource)
                .backup(new BackupOptions(
                        BackupMode.OFF, folder, BackupOptions.DEFAULT.format(), 2, 1L << 30, 0, null, server.bin()))
                .build();
    }

    private static List<String> databases() {
        return server.column("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'shop%' ORDER BY datname");
    }

    @Test
    void saysWhatItHoldsAndHowTheDatabaseDiffersByNow() {
        server.execute(
                "shop",
                "DROP TABLE gone",
                "CREATE TABLE added (n int)",
                "DELETE FROM child",
                "ANALYZE",
                "COMMENT ON DATABASE shop IS 'kept'");
        try {
            VerifyReport report = migrator().verifyBackup(file);

            assertThat(report.tables()).isEqualTo(7);
            assertThat(report.rows()).isEqualTo(105);
            assertThat(report.remarks()).isEmpty();
            assertThat(report.changes())
                    .containsExactly(
                            "public.gone is in the backup only",
                            "public.added is in the database only",
                            "public.child has 1 rows in the backup, and about 0 now");
            assertThat(report.summary())
                    .isEqualTo(file + " can be restored: 7 tables, 105 rows, of the database shop as of "
                            + report.createdAt() + ".");
            assertThat(databases()).containsExactly("shop");
        } finally {
            server.execute("shop", "CREATE TABLE gone (n int)", "DROP TABLE added", "INSERT INTO child VALUES (1)");
        }
    }

    @Test
    void aDumpThatEndsTooSoonIsNone() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length - 100));

        BackupFailedException failure = catchThrowableOfType(
                BackupFailedException.class, () -> migrator().verifyBackup(half));

        assertThat(failure.description()).startsWith("pg_restore ended with exit code 1:\n");
        assertThat(failure.databaseState()).isEqualTo("it was only looked at; nothing is left of the trial.");
        assertThat(databases()).containsExactly("shop");
    }

    @Test
    void rowsThatAreInsertsAreNotCounted() {
        Path dump = folder.resolve("inserts.dump");
        server.dumpTo("shop", dump, "--format=custom", "--inserts");

        assertThat(migrator().verifyBackup(dump).remarks())
                .containsExactly("The dump has INSERTs in it: rows were not counted.");
    }

    @Test
    void aFileThatIsMissingIsRefused() {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> migrator().verifyBackup(folder.resolve("missing")));

        assertThat(refusal.description())
                .isEqualTo("The backup cannot be tried out: there is no dump " + folder.resolve("missing"));
        assertThat(refusal.databaseState()).isEqualTo("nothing was touched; it is as it was.");
    }

    private VerifyReport verified(String database) {
        Path dump = folder.resolve(database + ".dump");
        server.dumpTo(database, dump, "--format=custom");
        return migrator(server.dataSource(database)).verifyBackup(dump);
    }

    @Test
    void aMaterializedViewMayBeFilled() {
        server.createDatabase("viewed");
        server.execute(
                "viewed",
                "CREATE MATERIALIZED VIEW filled AS SELECT 1 AS n",
                "CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS n WITH NO DATA");

        assertThat(verified("viewed").remarks()).isEmpty();
    }

    @Test
    void whatADefinitionIsLikeByTheSettingsOfTheDatabaseIsNoDifference() {
        server.createDatabase("abroad");
        server.execute(
                "postgres",
                "ALTER DATABASE abroad SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE abroad SET quote_all_identifiers = on");
        server.execute(
                "abroad",
                "CREATE TABLE sale (at timestamptz DEFAULT '2025-01-01 00:00:00+00') PARTITION BY RANGE (at)",
                "CREATE TABLE sale_2025 PARTITION OF sale FOR VALUES FROM ('2025-01-01 00:00:00+00')"
                        + " TO ('2026-01-01 00:00:00+00')",
                "INSERT INTO sale DEFAULT VALUES");

        assertThat(verified("abroad").rows()).isEqualTo(1);
    }

    @Test
    void aSettingThatTheRoleMayNotMakeIsRemarkedOn() {
        server.execute("postgres", "CREATE ROLE tenant LOGIN CREATEDB", "CREATE DATABASE rented OWNER tenant");
        server.execute("postgres", "ALTER DATABASE rented SET log_statement = 'all'");
        server.execute("rented", "SET ROLE tenant", "CREATE SCHEMA own", "CREATE TABLE own.t AS SELECT 1 AS n");
        Path dump = folder.resolve("rented.dump");
        server.dumpTo("rented", dump, "--format=custom");
        PGSimpleDataSource tenant = (PGSimpleDataSource) server.dataSource("rented");
        tenant.setUser("tenant");

        VerifyReport report = migrator(tenant).verifyBackup(dump);

        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .startsWith(
                        "The trial went without a setting that the database has (ALTER DATABASE \"rented_verifying_")
                .endsWith(
                        "SET \"log_statement\" TO 'all'): ERROR: permission denied to set parameter \"log_statement\"");
    }

    @Test
    void namesAreReadInTheEncodingOfTheDump() {
        server.execute(
                "postgres", "CREATE DATABASE western TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        server.execute("western", "CREATE TABLE \"größe\" (\"höhe\" int)", "INSERT INTO \"größe\" VALUES (1), (2)");

        assertThat(verified("western").rows()).isEqualTo(2);
    }

    @Test
    void aDumpMayHaveAnotherEncodingThanTheDatabase() {
        server.execute(
                "postgres", "CREATE DATABASE nordic TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        server.execute("nordic", "CREATE TABLE \"år\" (n int)", "INSERT INTO \"år\" VALUES (1)");
        Path dump = folder.resolve("nordic.dump");
        server.dumpTo("nordic", dump, "--format=custom", "--encoding=UTF8");

        assertThat(migrator(server.dataSource("nordic")).verifyBackup(dump).rows())
                .isEqualTo(1);
    }
}
