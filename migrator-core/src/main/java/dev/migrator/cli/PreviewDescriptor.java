package dev.migrator.cli;

import dev.migrator.run.ExitCode;
import dev.migrator.run.RollbackPreview;
import java.util.List;

/**
 * What a rollback would do, as JSON.
 *
 * @param state {@code planned}
 */
record PreviewDescriptor(String state, int exitCode, List<RollbackPreview.Item> plan, List<String> notes) {

    static PreviewDescriptor of(RollbackPreview preview) {
        return new PreviewDescriptor("planned", ExitCode.DONE.value(), preview.items(), preview.notes());
    }
}
