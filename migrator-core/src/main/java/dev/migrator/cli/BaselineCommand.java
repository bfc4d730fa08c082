package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Records that the schema stands at a version already. */
@Command(
        name = "baseline",
        description = "Records that a database without a history stands at a version already; runs nothing.")
final class BaselineCommand extends DatabaseCommand {

    @Mixin
    private final BaselineOptions baseline = new BaselineOptions();

    @Mixin
    private final ConnectOptions connect = new ConnectOptions();

    @Mixin
    private final LockOptions lock = new LockOptions();

    BaselineCommand(Shell shell) {
        super(shell);
    }

    @Override
    void configure(Migrator.Builder builder) {
        baseline.applyTo(builder);
        connect.applyTo(builder);
        lock.applyTo(builder);
    }

    @Override
    Answer run(Migrator migrator) {
        MigrationReport report = migrator.baseline();
        return new Answer(
                "The baseline is recorded; migrations up to version " + baseline.version() + " will not run.",
                BaselineDescriptor.of(report, baseline.version()));
    }
}
