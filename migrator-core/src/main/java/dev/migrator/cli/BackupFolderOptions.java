package dev.migrator.cli;

import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupFormat;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where backups are, how they are made, and for how long they are kept. */
class BackupFolderOptions implements BuilderOptions {

    @Option(
            names = "--backup-directory",
            paramLabel = "<folder>",
            description = "where dumps are kept; otherwise migration-backups")
    private @Nullable Path directory;

    @Option(
            names = "--backup-format",
            paramLabel = "<format>",
            description = "custom: one file; directory: a folder, written by several jobs; otherwise custom")
    private @Nullable BackupFormat format;

    @Option(
            names = "--backup-jobs",
            paramLabel = "<n>",
            description = "how many jobs write a folder, or restore; otherwise 2")
    private @Nullable Integer jobs;

    @Option(
            names = "--backup-keep",
            paramLabel = "<n>",
            description = "how many of a database's dumps are kept at least, 0 for all; otherwise 5")
    private @Nullable Integer keep;

    @Option(
            names = "--backup-keep-for",
            paramLabel = "<duration>",
            converter = AgeConverter.class,
            description = "how long a dump beyond those is kept, as 30d; otherwise no longer")
    private @Nullable Duration keepFor;

    @Option(
            names = "--backup-programs",
            paramLabel = "<folder>",
            description = "the folder of pg_dump and pg_restore; otherwise they are looked for")
    private @Nullable Path programs;

    @Override
    public void applyTo(MigratorBuilder builder) {
        BackupOptions usual = BackupOptions.DEFAULT;
        builder.backup(new BackupOptions(
                mode(usual.mode()),
                Objects.requireNonNullElse(directory, usual.directory()),
                Objects.requireNonNullElse(format, usual.format()),
                Objects.requireNonNullElse(jobs, usual.jobs()),
                maxSize(usual.maxSize()),
                Objects.requireNonNullElse(keep, usual.keep()),
                keepFor,
                programs));
    }

    BackupMode mode(BackupMode usual) {
        return usual;
    }

    long maxSize(long usual) {
        return usual;
    }
}
