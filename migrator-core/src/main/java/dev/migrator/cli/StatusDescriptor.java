package dev.migrator.cli;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How things stand, as JSON: what the endpoint says of a migrator at which nothing runs, for what another process runs
 * cannot be seen from here.
 *
 * @param state {@code pending} or {@code succeeded}
 */
record StatusDescriptor(
        String state,
        @Nullable String schema,
        String table,
        List<MigrationInfo> migrations,
        List<String> problems,
        List<String> notes) {

    static StatusDescriptor of(MigratorStatus status) {
        return new StatusDescriptor(
                status.state().name().toLowerCase(Locale.ROOT),
                status.schema(),
                status.table(),
                status.migrations(),
                status.problems(),
                status.notes());
    }
}
