package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the tables is full; the log's is not, or the server itself would stop. */
class FullDiskIT {

    private static final String DATABASE = "cramped";

    @TempDir
    private Path folder;

    private InstalledPostgres server;
    private SmallDisk disk;
    private Scripts scripts;

    @BeforeEach
    void startOnSmallDisk() {
        scripts = new Scripts(folder);
        server = InstalledPostgres.start();
        disk = SmallDisk.mount(server.folder(), "postgres", 32);
        server.execute(
                "postgres",
                "CREATE TABLESPACE cramped LOCATION '" + disk.folder() + "'",
                "CREATE DATABASE " + DATABASE + " TABLESPACE cramped");
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.shutDown("immediate");
        }
        if (disk != null) {
            disk.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void migrate() {
        Migrator.builder(server.dataSource(DATABASE))
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .locations(scripts.location())
                .build()
                .migrate();
    }

    private MigrationFailedException failure() {
        return catchThrowableOfType(MigrationFailedException.class, this::migrate);
    }

    @Test
    void theScriptIsRolledBackAndRunsWhenThereIsRoom() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__big.sql", "CREATE TABLE b (id int);\nCREATE TABLE big AS " + rows(40_000) + ";");

        assertThat(failure())
                .hasMessageContaining("V2__big.sql:2:1")
                .hasMessageContaining("53100")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("the server rolled V2__big.sql back as a whole")
                .hasMessageContaining("Next: Nothing need be wrong with the migration: the server lacks")
                .hasMessageContaining("it will be run from its beginning");
        assertThat(tables()).isEqualTo("a");

        disk.resize(128);
        migrate();

        assertThat(tables()).isEqualTo("a b big");
        requireEachAppliedOnce("1 2");
    }

    @Test
    void noInvalidIndexIsLeftAndItIsBuiltWhenThereIsRoom() {
        scripts.with("V1__big.sql", "CREATE TABLE big AS " + rows(12_000) + ";")
                .with("V2__index.sql", "CREATE INDEX CONCURRENTLY big_text ON big (text);\nCREATE TABLE b (id int);");

        assertThat(failure())
                .hasMessageContaining("V2__index.sql:1:1")
                .hasMessageContaining("53100")
                .hasMessageContaining("nothing of V2__index.sql is done")
                .hasMessageContaining("the run goes on behind the last statement that is done");
        assertThat(server.column(DATABASE, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .containsExactly("0");

        disk.resize(128);
        migrate();

        assertThat(server.column(DATABASE, "SELECT indisvalid FROM pg_index WHERE indrelid = 'big'::regclass"))
                .containsExactly("t");
        requireEachAppliedOnce("1 2");
    }

    /** About a kilobyte each, in the table and in an index. */
    private static String rows(int count) {
        return "SELECT n AS id, (SELECT string_agg(md5((n * 32 + i)::text), '') FROM generate_series(1, 31) i) AS text"
                + " FROM generate_series(1, " + count + ") n";
    }

    private String tables() {
        return server.column(
                        DATABASE,
                        "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                                + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                + " AND relname <> 'schema_migrations'")
                .get(0);
    }

    private void requireEachAppliedOnce(String versions) {
        assertThat(server.column(
                        DATABASE,
                        "SELECT string_agg(version, ' ' ORDER BY id) FROM schema_migrations WHERE state = 'applied'"))
                .containsExactly(versions);
    }
}
