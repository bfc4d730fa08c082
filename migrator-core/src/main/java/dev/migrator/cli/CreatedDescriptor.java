package dev.migrator.cli;

import dev.migrator.create.CreatedMigration;
import dev.migrator.run.ExitCode;
import java.nio.file.Path;
import java.util.List;

/**
 * A migration that was written, as JSON.
 *
 * @param state {@code succeeded}
 * @param files their paths, the migration's first
 */
record CreatedDescriptor(String state, int exitCode, String version, List<String> files) {

    static CreatedDescriptor of(CreatedMigration created) {
        return new CreatedDescriptor(
                "succeeded",
                ExitCode.DONE.value(),
                created.version(),
                created.files().stream().map(Path::toString).toList());
    }
}
