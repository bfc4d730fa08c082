package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.plan.Rollback;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.RollbackPreview;
import dev.migrator.run.RollbackReport;
import dev.migrator.run.ValidationFailedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes versions back, when it has been shown which, and what would be lost. */
@Command(
        name = "rollback",
        description =
                "Takes the last version back by its rollback script, or those that an option names; a plan is shown"
                        + " first, with what will be lost.")
final class RollbackCommand extends DatabaseCommand {

    @ArgGroup(exclusive = true)
    private @Nullable RollbackOptions which;

    @Option(names = "--dry-run", description = "shows the plan, and does nothing")
    private boolean dryRun;

    @Mixin
    private final ConfirmOptions confirm = new ConfirmOptions();

    private @Nullable RollbackPreview preview;

    RollbackCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ONE);
    }

    @Override
    void prepare(Migrator migrator) {
        RollbackPreview shown = migrator.previewRollback(rollback());
        preview = shown;
        if (!shown.problems().isEmpty()) {
            throw new ValidationFailedException(shown.problems());
        }
        if (dryRun || shown.items().isEmpty()) {
            return;
        }
        if (!json()) {
            shell().out().println(PreviewText.of(shown));
        }
        new Confirmation(shell(), confirm)
                .require("Roll back " + (shown.items().size() == 1 ? "this version?" : "these versions?"));
    }

    private Rollback rollback() {
        try {
            return which == null ? Rollback.last() : which.rollback();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    String.valueOf(e.getMessage()), "it was not looked at.", "Correct the option.", e);
        }
    }

    @Override
    Answer run(Migrator migrator) {
        RollbackPreview shown = preview == null ? migrator.previewRollback(rollback()) : preview;
        if (dryRun || shown.items().isEmpty()) {
            return new Answer(PreviewText.of(shown), PreviewDescriptor.of(shown));
        }
        RollbackReport report = migrator.rollback(shown);
        return new Answer(report.summary(), RollbackDescriptor.of(report));
    }
}
