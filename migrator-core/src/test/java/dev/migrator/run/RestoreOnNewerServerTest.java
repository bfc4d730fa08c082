package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Requirement;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The embedded server is newer than the programs of this machine. */
class RestoreOnNewerServerTest extends DatabaseTest {

    private static final Path OLDER = Path.of("/usr/lib/postgresql/15/bin");

    @Test
    void programsThatAreTooOldAreRefusedBeforeAnythingIsTouched() throws IOException {
        Requirement.that(
                Files.isExecutable(OLDER.resolve("pg_restore")), "PostgreSQL 15 is not installed (postgresql-15)");
        Requirement.server(16, "a server that PostgreSQL 15's programs are too old for");
        Path file = Files.writeString(folder.resolve("x.dump"), "x");
        BackupOptions options = new BackupOptions(
                BackupOptions.DEFAULT.mode(), folder, BackupOptions.DEFAULT.format(), 1, 1L << 30, 0, null, OLDER);

        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> migrator().backup(options).build().restore(Restore.of(file)));

        assertThat(refusal.description())
                .startsWith("The database cannot be restored:\n- pg_dump 15.")
                .contains(" is older than the server, " + TestDatabase.serverVersion());
        assertThat(database.column("SELECT datname FROM pg_database WHERE datname LIKE '" + database.name() + "\\_%'"))
                .isEmpty();
    }
}
