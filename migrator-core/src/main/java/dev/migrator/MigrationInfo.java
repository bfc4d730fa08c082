package dev.migrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One migration as it stands now: what is found here and what the history says of it. Or one row of that history.
 *
 * @param version its version as its name has it, or null for a repeatable
 * @param kind {@code versioned}, {@code repeatable}, {@code baseline}, …
 * @param script the script's path in its location, or the class's name
 * @param checksum the checksum, or null where it has none
 * @param state {@code pending}, {@code running}, {@code applied}, {@code failed}, {@code interrupted} or {@code skipped}
 * @param installedBy the database role that ran it, or null while it is pending
 * @param actor the person who asked for the run, or null where nobody did
 * @param instance host, process id and application of the instance that ran it, or null
 * @param runId what those share that were run together, or null while it is pending
 * @param startedAt when it was started, by the database's clock, or null
 * @param durationMs how long it took, in milliseconds, or null
 * @param error why it failed, or null
 * @param reason why it was skipped, or null
 * @param statementsDone how many of its statements are done, or null while it is pending
 * @param statementsTotal how many it had when it was run, or null while it is pending; 0 for one in Java
 * @param backup the backup that was taken before it, or null
 * @param rollback the script that takes it back, as far as one is found here, or null
 * @param observed what was seen while it ran, or null where nothing took long
 */
public record MigrationInfo(
        @Nullable String version,
        String description,
        String kind,
        String script,
        @Nullable String checksum,
        String state,
        @Nullable String installedBy,
        @Nullable String actor,
        @Nullable String instance,
        @Nullable String runId,
        @Nullable Instant startedAt,
        @Nullable Long durationMs,
        @Nullable String error,
        @Nullable String reason,
        @Nullable Integer statementsDone,
        @Nullable Integer statementsTotal,
        @Nullable String backup,
        @Nullable String rollback,
        @Nullable Observed observed) {

    /** Whether somebody who says this name means it: its version, or its script with or without the folders before it. */
    public boolean isCalled(String name) {
        return name.equals(version) || script.equals(name) || script.endsWith("/" + name);
    }

    /** Whether both are of one migration: of one version, or repeatables of one description. */
    public boolean isSameAs(MigrationInfo other) {
        return version == null
                ? other.version == null && other.description.equals(description)
                : version.equals(other.version);
    }
}
