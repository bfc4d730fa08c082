package dev.migrator.cli;

import dev.migrator.backup.BackupMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The same, and whether a backup is taken before something runs. */
final class BackupBeforeOptions extends BackupFolderOptions {

    @Option(
            names = "--backup-mode",
            paramLabel = "<mode>",
            description =
                    "auto, required or off: whether a backup is taken before something runs, where it can be had, without"
                            + " fail, or never; otherwise auto")
    private @Nullable BackupMode mode;

    @Option(
            names = "--backup-max-size",
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "up to which size a database is backed up in mode auto, as 500MB; otherwise 1GB")
    private @Nullable Long maxSize;

    @Override
    BackupMode mode(BackupMode usual) {
        return Objects.requireNonNullElse(mode, usual);
    }

    @Override
    long maxSize(long usual) {
        return Objects.requireNonNullElse(maxSize, usual);
    }
}
