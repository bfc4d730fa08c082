package dev.migrator.cli;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How things stand, for people: where, the current and the latest version, how many are pending, and a table of all migrations. */
final class StatusText {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final StringBuilder text = new StringBuilder();

    private StatusText() {}

    static String of(MigratorStatus status) {
        StatusText text = new StatusText();
        text.head(status);
        text.table(status.migrations());
        text.errors(status.migrations());
        text.list("Problem: ", status.problems());
        text.list("Note: ", status.notes());
        return text.text.toString().stripTrailing();
    }

    private void head(MigratorStatus status) {
        line("History: " + (status.schema() == null ? "" : status.schema() + ".") + status.table());
        line("Current version: " + orNone(status.currentVersion()));
        line("Latest version: " + orNone(status.latestVersion()));
        line("Pending: " + status.pending());
    }

    private static String orNone(@Nullable String version) {
        return Objects.requireNonNullElse(version, "none");
    }

    private void table(List<MigrationInfo> migrations) {
        if (migrations.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("Version", "Description", "Kind", "State", "When", "ms");
        for (MigrationInfo migration : migrations) {
            table.row(
                    Objects.requireNonNullElse(migration.version(), ""),
                    migration.description(),
                    migration.kind(),
                    migration.state(),
                    when(migration.startedAt()),
                    migration.durationMs() == null ? "" : String.valueOf(migration.durationMs()));
        }
        line("");
        text.append(table);
        line("");
    }

    private static String when(@Nullable Instant at) {
        return at == null ? "" : WHEN.format(at.atZone(ZoneId.systemDefault()));
    }

    private void errors(List<MigrationInfo> migrations) {
        for (MigrationInfo migration : migrations) {
            if (migration.error() != null) {
                line(migration.script() + " " + migration.state() + ": " + migration.error());
            }
        }
    }

    private void list(String word, List<String> entries) {
        entries.forEach(entry -> line(word + entry));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
