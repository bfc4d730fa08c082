package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import dev.migrator.TableInfo;
import dev.migrator.run.MigratorException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what has run and what is pending. */
@Command(name = "status", description = "Shows what has run and what is pending; changes nothing.")
final class StatusCommand extends DatabaseCommand {

    @Option(names = "--tables", description = "also lists the schema's tables with their columns")
    private boolean tables;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "also writes a page with all of it, and every script, into one file")
    private @Nullable Path html;

    private final StatusReport report = new StatusReport();

    StatusCommand(Shell shell, MigratorSource source) {
        super(shell, source, Reach.ALL);
    }

    @Override
    void prepare(Migrator migrator) {
        if (html != null) {
            new ReportFile(html).check();
        }
    }

    @Override
    Answer run(String name, Migrator migrator) {
        if (html == null) {
            return run(migrator);
        }
        try {
            Answer answer = run(migrator);
            report.add(name, migrator, migrator.snapshot());
            return answer;
        } catch (MigratorException e) {
            report.add(name, migrator, e);
            throw e;
        }
    }

    @Override
    void finish() {
        if (html != null) {
            report.write(new ReportFile(html));
        }
    }

    @Override
    Answer run(Migrator migrator) {
        MigratorStatus status = migrator.status();
        if (!tables) {
            return new Answer(StatusText.of(status), StatusDescriptor.of(status, null));
        }
        List<TableInfo> found = migrator.tables();
        return new Answer(StatusText.of(status) + "\n\n" + TablesText.of(found), StatusDescriptor.of(status, found));
    }
}
