package dev.migrator.plan;

import dev.migrator.history.StoredRow;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the question of nearly every start, "has all of this run, and is it as it was?", in one pass over what was found and
 * what was recorded. It knows only what is plain. Where it says no, the {@link Planner} looks closer, and may still find that
 * nothing is to be done; where it says yes, the planner would plan nothing, complain of nothing and note nothing.
 */
public final class Unchanged {

    private final Map<Version, StoredRow> versions = new HashMap<>();
    private final Map<String, StoredRow> repeatables = new HashMap<>();
    /** Repeatables that did not run again since a version was taken back, and with it perhaps what they had made. */
    private final Set<String> outdated = new HashSet<>();

    private final Set<Version> seen = new HashSet<>();
    private @Nullable Version baseline;

    private Unchanged() {}

    /**
     * Whether it plainly is so.
     *
     * @param rows of the history, in their order
     */
    public static boolean is(Found found, List<StoredRow> rows) {
        return found.issues().isEmpty()
                && found.notes().isEmpty()
                && !rows.isEmpty()
                && new Unchanged().agree(found.migrations(), rows);
    }

    private boolean agree(List<Migration> migrations, List<StoredRow> rows) {
        for (StoredRow row : rows) {
            if (!read(row)) {
                return false;
            }
        }
        for (Migration migration : migrations) {
            if (!hasRun(migration)) {
                return false;
            }
        }
        // what is left was found by those who ran it, and not here
        return versions.isEmpty() && repeatables.isEmpty() && outdated.isEmpty();
    }

    /** The newest row of something speaks. */
    private boolean read(StoredRow row) {
        if (!isKnown(row.state())) {
            return false;
        }
        switch (row.kind()) {
            case "versioned", "adopted" -> versions.put(Version.parse(row.name()), row);
            case "repeatable" -> {
                repeatables.put(row.name(), row);
                outdated.remove(row.name());
            }
            case "restore" -> {}
            case "baseline" -> {
                baseline = Version.parse(row.name());
                versions.remove(baseline);
            }
            case "rollback" -> {
                versions.remove(Version.parse(row.name()));
                outdated.addAll(repeatables.keySet());
                return row.state().equals(StoredRow.APPLIED);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What a newer release may have written, the planner refuses. */
    private static boolean isKnown(String state) {
        return switch (state) {
            case StoredRow.APPLIED, "running", "failed", "interrupted", "skipped" -> true;
            default -> false;
        };
    }

    private boolean hasRun(Migration migration) {
        Version version = migration.version();
        if (version != null && baseline != null && !seen.add(version)) {
            // without a baseline, the second of that version finds no row
            return false;
        }
        StoredRow row = version == null ? repeatables.remove(migration.description()) : versions.remove(version);
        if (row == null) {
            return version != null && baseline != null && version.compareTo(baseline) <= 0;
        }
        return row.state().equals(StoredRow.APPLIED) && isSame(migration.checksum(), row.checksum());
    }

    private static boolean isSame(@Nullable String found, @Nullable String recorded) {
        return found == null || recorded == null || found.equals(recorded);
    }
}
