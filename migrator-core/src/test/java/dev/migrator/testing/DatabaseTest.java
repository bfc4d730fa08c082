package dev.migrator.testing;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.run.MigratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a database and a folder of migrations of its own. */
public abstract class DatabaseTest {

    protected final TestDatabase database = TestDatabase.create();

    @TempDir
    protected Path folder;

    protected Scripts scripts;

    @BeforeEach
    void makeScripts() {
        scripts = new Scripts(folder);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** A migrator of the folder's scripts that loses no time between attempts, or with backups. */
    protected MigratorBuilder migrator() {
        return Migrator.builder(database.dataSource())
                .locations(scripts.location())
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                .retry(3, Duration.ofMillis(20), Duration.ofMillis(50));
    }

    protected <E extends MigratorException> E failure(Class<E> type, MigratorBuilder migrator) {
        return Assertions.catchThrowableOfType(type, () -> migrator.build().migrate());
    }

    /** Version (or description of a repeatable), kind, state and checkpoint of each row. */
    protected List<String> history() {
        return database.column("SELECT concat_ws(' ', coalesce(version, description), kind, state,"
                + " statements_done || '/' || statements_total) FROM schema_migrations ORDER BY id");
    }
}
