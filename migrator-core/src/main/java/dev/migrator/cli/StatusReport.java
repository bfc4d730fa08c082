package dev.migrator.cli;

import dev.migrator.MigrationDetails;
import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import dev.migrator.page.Report;
import dev.migrator.page.ShownMigrator;
import dev.migrator.run.MigratorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gathers how migrators stand, to write all of it into one page. */
final class StatusReport {

    private final Map<ShownMigrator, Migrator> migrators = new LinkedHashMap<>();

    void add(String name, Migrator migrator, MigratorStatus status) {
        migrators.put(new ShownMigrator(null, name, true, status), migrator);
    }

    /** One whose database cannot be read; the report says why. */
    void add(String name, Migrator migrator, MigratorException failure) {
        MigratorStatus known = migrator.snapshot();
        add(
                name,
                migrator,
                new MigratorStatus(
                        MigratorState.FAILED,
                        known.schema(),
                        known.table(),
                        null,
                        null,
                        0,
                        null,
                        List.of(),
                        List.of(),
                        List.of(failure.description()),
                        failure.databaseState(),
                        failure.action(),
                        List.of()));
    }

    void write(ReportFile file) {
        file.write(Report.of("", List.copyOf(migrators.keySet()), this::details));
    }

    private Stream<MigrationDetails> details(ShownMigrator shown) {
        Migrator migrator = migrators.get(shown);
        return migrator == null || shown.status().migrations().isEmpty() ? Stream.of() : migrator.details();
    }
}
