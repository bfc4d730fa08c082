package dev.migrator.history;

import dev.migrator.migration.Version;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows say when they are read in order: the newest row of a version speaks, an applied rollback makes it pending
 * again, and a failed rollback leaves it as it was.
 */
public final class History {

    private final boolean exists;
    private final List<HistoryRow> rows;
    private final Map<Version, HistoryRow> versions;
    private final Map<String, HistoryRow> repeatables = new LinkedHashMap<>();
    private final Map<Version, HistoryRow> rollbacks = new HashMap<>();
    private @Nullable HistoryRow baseline;
    private long takenBack;
    private @Nullable HistoryRow restore;

    private History(boolean exists, List<HistoryRow> rows) {
        this.exists = exists;
        this.rows = List.copyOf(rows);
        // most rows are a version each: the map need not grow step by step
        this.versions = new HashMap<>(rows.size() * 4 / 3 + 1);
        rows.forEach(this::read);
    }

    /** The history of a database that has no table for it. */
    public static History absent() {
        return new History(false, List.of());
    }

    /** Reads rows, which must be in the order of their ids. */
    public static History of(List<HistoryRow> rows) {
        return new History(true, rows);
    }

    private void read(HistoryRow row) {
        Version version = row.version();
        if (version == null) {
            if (row.kind() == Kind.REPEATABLE || row.kind() == Kind.REPAIR) {
                repeatables.put(row.description(), row);
            } else if (row.kind() == Kind.RESTORE) {
                restore = row;
            }
        } else if (row.kind() == Kind.ROLLBACK) {
            if (row.state() == State.APPLIED) {
                versions.remove(version);
                rollbacks.remove(version);
                takenBack = row.id();
            } else {
                rollbacks.put(version, row);
            }
        } else {
            versions.put(version, row);
            rollbacks.remove(version);
            if (row.kind() == Kind.BASELINE) {
                baseline = row;
            }
        }
    }

    /** Whether the table exists. */
    public boolean exists() {
        return exists;
    }

    /** Whether nothing was ever recorded: also what was rolled back, or failed, makes the database a known one. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All rows, in the order of their ids: also those that no longer speak for anything. */
    public List<HistoryRow> rows() {
        return rows;
    }

    /** The row that speaks for a version, or null if the version is pending. */
    public @Nullable HistoryRow of(Version version) {
        return versions.get(version);
    }

    /** The row of a rollback of that version that was begun and did not come to its end, or null. */
    public @Nullable HistoryRow ofRollback(Version version) {
        return rollbacks.get(version);
    }

    /** The rows of all rollbacks that were begun and did not come to their end. */
    public Collection<HistoryRow> rollbacks() {
        return Collections.unmodifiableCollection(rollbacks.values());
    }

    /** The row that speaks for the repeatable of this description, or null if it never ran. */
    public @Nullable HistoryRow ofRepeatable(String description) {
        return repeatables.get(description);
    }

    /** The rows that speak for the versions that are not pending, in no order. */
    public Collection<HistoryRow> versions() {
        return Collections.unmodifiableCollection(versions.values());
    }

    /** The rows that speak for the repeatables. */
    public Collection<HistoryRow> repeatables() {
        return Collections.unmodifiableCollection(repeatables.values());
    }

    /** Whether a version was taken back since this row was written, and perhaps with it what the row speaks of. */
    public boolean takenBackSince(HistoryRow row) {
        return takenBack > row.id();
    }

    /** The version up to which the schema was there before Migrator came, or null. */
    public @Nullable Version baseline() {
        return baseline == null ? null : baseline.version();
    }

    /** The row of the last restore, or null if the database was never restored. */
    public @Nullable HistoryRow restore() {
        return restore;
    }
}
