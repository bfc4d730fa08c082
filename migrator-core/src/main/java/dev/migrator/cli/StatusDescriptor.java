package dev.migrator.cli;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.TableInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How things stand, as JSON: what the endpoint says of a migrator at which nothing runs, for what another process runs
 * cannot be seen from here.
 *
 * @param state {@code pending} or {@code succeeded}
 * @param tables the schema's tables, where they were asked for
 */
record StatusDescriptor(
        String state,
        @Nullable String schema,
        String table,
        @Nullable String currentVersion,
        @Nullable String latestVersion,
        int pending,
        List<MigrationInfo> migrations,
        List<String> problems,
        @Nullable String action,
        List<String> notes,
        @Nullable List<TableInfo> tables) {

    static StatusDescriptor of(MigratorStatus status, @Nullable List<TableInfo> tables) {
        return new StatusDescriptor(
                status.state().name().toLowerCase(Locale.ROOT),
                status.schema(),
                status.table(),
                status.currentVersion(),
                status.latestVersion(),
                status.pending(),
                status.migrations(),
                status.problems(),
                status.action(),
                status.notes(),
                tables);
    }
}
