package dev.migrator.spring.actuate;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One migrator, as far as the reader may know it.
 *
 * @param state {@code pending}, {@code running}, {@code succeeded}, {@code failed} or {@code disabled}
 * @param schema the schema that holds the history table, or null while it is not known
 * @param table the history table's name
 * @param currentVersion the highest version that is applied, or null
 * @param latestVersion the highest version that is found, or null
 * @param pending how many migrations the next run, or the rest of this one, would run
 * @param current what runs now, or null
 * @param migrations in the order in which they run
 * @param details all that is known of those; null where all are listed, and for a reader who may not see it
 * @param problems why the last validation or run refused or failed
 * @param databaseState in which state the failure left the database, or null; a detail
 * @param action what to do next about the problems, or null; a detail
 */
public record MigratorDescriptor(
        String state,
        @Nullable String schema,
        String table,
        @Nullable String currentVersion,
        @Nullable String latestVersion,
        int pending,
        @Nullable CurrentDescriptor current,
        List<MigrationInfo> migrations,
        @Nullable List<DetailsDescriptor> details,
        List<String> problems,
        @Nullable String databaseState,
        @Nullable String action,
        List<String> notes) {

    static MigratorDescriptor of(
            MigratorStatus status,
            boolean enabled,
            Predicate<MigrationInfo> shown,
            @Nullable List<DetailsDescriptor> details) {
        return new MigratorDescriptor(
                state(status, enabled),
                status.schema(),
                status.table(),
                status.currentVersion(),
                status.latestVersion(),
                status.pending(),
                CurrentDescriptor.withAllThatIsIn(status.current()),
                status.migrations().stream().filter(shown).toList(),
                details,
                status.problems(),
                status.databaseState(),
                status.action(),
                status.notes());
    }

    static String state(MigratorStatus status, boolean enabled) {
        return enabled ? status.state().name().toLowerCase(Locale.ROOT) : "disabled";
    }
}
