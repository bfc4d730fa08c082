package dev.migrator.history;

import dev.migrator.migration.Version;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written of a migration when it runs.
 *
 * @param version null for a repeatable
 * @param checksum null where it has none
 * @param statementsTotal how many statements it has; 0 for a Java migration
 * @param instance host, process id and application of this instance
 * @param actor the person who asked for the run, or null where nobody did
 * @param wayBack what was seen to before its run
 * @param rollback what takes it back, or null if nothing does
 */
public record HistoryEntry(
        UUID runId,
        @Nullable Version version,
        String description,
        String script,
        Kind kind,
        @Nullable String checksum,
        int statementsTotal,
        String instance,
        @Nullable String actor,
        WayBack wayBack,
        @Nullable KeptRollback rollback) {

    /** One that nothing takes back, and that nobody asked for. */
    public HistoryEntry(
            UUID runId,
            @Nullable Version version,
            String description,
            String script,
            Kind kind,
            @Nullable String checksum,
            int statementsTotal,
            String instance) {
        this(runId, version, description, script, kind, checksum, statementsTotal, instance, null, WayBack.NONE, null);
    }
}
