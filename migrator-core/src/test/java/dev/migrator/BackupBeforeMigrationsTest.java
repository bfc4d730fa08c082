package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.backup.TakenBackup;
import dev.migrator.plan.Rollback;
import dev.migrator.run.BackupFailedException;
import dev.migrator.run.ExitCode;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RunEvent;
import dev.migrator.testing.InstalledPostgres;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;

class BackupBeforeMigrationsTest {

    private static InstalledPostgres server;

    @TempDir
    private Path folder;

    private final List<RunEvent> events = new ArrayList<>();
    private Scripts scripts;
    private Path backups;
    private String database;

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

    @BeforeEach
    void aDatabaseWithData(TestInfo test) {
        scripts = new Scripts(folder.resolve("scripts"));
        backups = folder.resolve("backups");
        database = "db_" + Integer.toHexString(test.getDisplayName().hashCode());
        server.createDatabase(database);
        scripts.with("V1__a.sql", "create table a (id int); insert into a values (1);")
                .with("U1__a.sql", "drop table a;");
        migrator(BackupMode.AUTO).build().migrate();
        scripts.with("V2__b.sql", "create table b (id int);").with("U2__b.sql", "drop table b;");
        events.clear();
    }

    private MigratorBuilder migrator(BackupMode mode) {
        return migrator(mode, server.dataSource(database));
    }

    private MigratorBuilder migrator(BackupMode mode, DataSource dataSource) {
        return Migrator.builder(dataSource)
                .locations(scripts.location())
                .backup(BackupOptions.DEFAULT.mode(mode).directory(backups))
                .listener(events::add);
    }

    private List<Path> dumps() throws IOException {
        if (!Files.exists(backups)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(backups)) {
            return files.sorted().toList();
        }
    }

    private <T extends RunEvent> T event(Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEmptyDatabaseIsNotBackedUp() throws IOException {
        // the first run, see above
        assertThat(dumps()).isEmpty();
    }

    @Test
    void aDumpIsTakenBeforePendingMigrationsAndNamedByTheirRows() throws IOException {
        migrator(BackupMode.AUTO).build().migrate();

        assertThat(dumps()).singleElement().satisfies(dump -> {
            assertThat(dump.getFileName().toString()).matches(database + "-before-2-\\d{8}-\\d{6}\\.dump");
            assertThat(event(RunEvent.BackupTaken.class).name()).isEqualTo(dump.toString());
            assertThat(server.column(database, "select backup from schema_migrations order by id"))
                    .containsExactly(null, dump.toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "conservative"})
    void aDumpIsTakenWhereTheDriverSetsSavepoints(String autosave) throws IOException {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) server.dataSource(database);
        dataSource.setAutosave(AutoSave.of(autosave));

        migrator(BackupMode.AUTO, dataSource).build().migrate();

        assertThat(dumps()).hasSize(1);
    }

    @Test
    void aCrashLoopDoesNotPushOutTheDumpFromBeforeIt() throws IOException {
        scripts.with("V2__b.sql", "-- migrator: transaction=none\ndelete from a;\nselect 1 / 0;");
        Migrator restarted = migrator(BackupMode.AUTO)
                .backup(new BackupOptions(
                        BackupMode.AUTO, backups, BackupOptions.DEFAULT.format(), 2, 1L << 30, 1, null, null))
                .build();
        catchThrowableOfType(MigrationFailedException.class, restarted::migrate);
        Path first = dumps().get(0);

        for (int i = 0; i < 5; i++) {
            catchThrowableOfType(MigrationFailedException.class, restarted::migrate);
        }

        assertThat(server.column(database, "select count(*) from a")).containsExactly("0");
        assertThat(first).exists();
        assertThat(dumps()).hasSizeLessThan(6);
    }

    @Test
    void nothingIsBackedUpWhenNothingIsPending() throws IOException {
        migrator(BackupMode.REQUIRED).build().migrate();
        migrator(BackupMode.REQUIRED).build().migrate();

        assertThat(dumps()).hasSize(1);
    }

    @Test
    void nothingIsBackedUpWhenItIsOff() throws IOException {
        migrator(BackupMode.OFF).build().migrate();

        assertThat(dumps()).isEmpty();
    }

    @Test
    void aLineSaysWhyThereIsNoneAndTheRunGoesOn() throws IOException {
        migrator(BackupMode.AUTO).backup(options(BackupMode.AUTO, 1)).build().migrate();

        assertThat(event(RunEvent.BackupSkipped.class).reason())
                .contains("more than 1 bytes (migrator.backup.max-size)")
                .doesNotContain("\n");
        assertThat(dumps()).isEmpty();
        assertThat(server.column(database, "select to_regclass('b')")).containsExactly("b");
    }

    private BackupOptions options(BackupMode mode, long maxSize) {
        BackupOptions options = BackupOptions.DEFAULT.mode(mode).directory(backups);
        return new BackupOptions(
                options.mode(),
                options.directory(),
                options.format(),
                options.jobs(),
                maxSize,
                options.keep(),
                options.keepFor(),
                options.programs());
    }

    @Test
    void nothingRunsWithoutTheOneThatIsRequired() throws IOException {
        Files.writeString(backups, "a file in the folder's place");

        BackupFailedException failure = catchThrowableOfType(
                BackupFailedException.class,
                () -> migrator(BackupMode.REQUIRED).build().migrate());

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BACKUP_FAILED);
        assertThat(failure.description())
                .startsWith("No backup can be taken, and there should be one: backups cannot be written to " + backups);
        assertThat(failure.databaseState()).isEqualTo("nothing was run; it is as it was.");
        assertThat(failure.action()).contains("migrator.backup.directory");
        assertThat(server.column(database, "select count(*)::text from schema_migrations"))
                .containsExactly("1");
    }

    @Test
    void aFailureSaysWhichBackupThereIsAndHowToRestoreIt() throws IOException {
        scripts.with("V2__b.sql", "create table b (id int);\nbroken;");

        MigrationFailedException failure = catchThrowableOfType(
                MigrationFailedException.class,
                () -> migrator(BackupMode.AUTO).build().migrate());

        String dump = dumps().get(0).toString();
        assertThat(failure.databaseState())
                .isEqualTo(
                        "the server rolled V2__b.sql back as a whole. No other migration was applied by this run. The"
                                + " backup taken before this run: " + dump + ".");
        assertThat(failure.action()).endsWith("\nTo go back to where this run began: restore " + dump);
    }

    @Test
    void aBackupOfOnesOwnIsAskedInsteadOfTheProgram() throws IOException {
        Backup snapshots = request -> new TakenBackup("snap-" + request.occasion(), 0, "cloud restore snap");

        migrator(BackupMode.REQUIRED).backup(snapshots).build().migrate();

        assertThat(server.column(database, "select backup from schema_migrations where version = '2'"))
                .containsExactly("snap-before-2");
        assertThat(dumps()).isEmpty();
    }

    @Test
    void itMayTakeLongerThanTheServerLetsASessionDoNothing() {
        server.execute("postgres", "alter database " + database + " set idle_session_timeout = '1s'");
        Backup slow = request -> {
            server.column(database, "select pg_sleep(2)::text");
            return new TakenBackup("slow", 0, null);
        };

        migrator(BackupMode.REQUIRED).backup(slow).build().migrate();

        assertThat(server.column(database, "select backup from schema_migrations where version = '2'"))
                .containsExactly("slow");
    }

    @Test
    void nothingRunsWhenThatFails() {
        Backup snapshots = request -> {
            throw new IOException("no quota left");
        };

        BackupFailedException failure = catchThrowableOfType(
                BackupFailedException.class,
                () -> migrator(BackupMode.AUTO).backup(snapshots).build().migrate());

        assertThat(failure.description())
                .startsWith("The backup failed: ")
                .endsWith("java.io.IOException: no quota left");
        assertThat(server.column(database, "select to_regclass('b')")).containsExactly((String) null);
    }

    @Test
    void aDumpIsTakenBeforeARollbackToo() throws IOException {
        Migrator migrator = migrator(BackupMode.OFF).build();
        migrator.migrate();

        assertThat(migrator(BackupMode.AUTO).build().rollback(Rollback.last()).backup())
                .isEqualTo(dumps().get(0).toString())
                .contains("-before-rollback-of-2-");
    }
}
