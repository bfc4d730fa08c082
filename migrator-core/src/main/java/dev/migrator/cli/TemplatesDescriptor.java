package dev.migrator.cli;

import dev.migrator.create.Template;
import dev.migrator.run.ExitCode;
import java.util.List;

/**
 * The templates that there are, as JSON.
 *
 * @param state {@code succeeded}
 */
record TemplatesDescriptor(String state, int exitCode, List<Template> templates) {

    static TemplatesDescriptor of(List<Template> templates) {
        return new TemplatesDescriptor("succeeded", ExitCode.DONE.value(), templates);
    }
}
