package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigrationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs everything that is pending. */
@Command(name = "migrate", description = "Runs everything that is pending.")
final class MigrateCommand extends DatabaseCommand {

    @Mixin
    private final PlanOptions plan = new PlanOptions();

    @Mixin
    private final ConnectOptions connect = new ConnectOptions();

    @Mixin
    private final LockOptions lock = new LockOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    MigrateCommand(Shell shell) {
        super(shell);
    }

    @Override
    void configure(Migrator.Builder builder) {
        plan.applyTo(builder);
        connect.applyTo(builder);
        lock.applyTo(builder);
        limits.applyTo(builder);
    }

    @Override
    Answer run(Migrator migrator) {
        MigrationReport report = migrator.migrate();
        StringBuilder text = new StringBuilder();
        report.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        text.append("Migrations: ").append(report.summary());
        return new Answer(text.toString(), ReportDescriptor.of(report));
    }
}
