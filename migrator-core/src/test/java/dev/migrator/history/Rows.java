package dev.migrator.history;

import dev.migrator.migration.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as tests need them, in the order in which they are told of. */
public final class Rows {

    private final List<HistoryRow> rows = new ArrayList<>();

    public Rows applied(String version) {
        return applied(version, "c1:" + version);
    }

    public Rows applied(String version, @Nullable String checksum) {
        return versioned(version, State.APPLIED, checksum, 1, 1);
    }

    public Rows skipped(String version) {
        return versioned(version, State.SKIPPED, "c1:" + version, 0, 1);
    }

    /** It failed as a whole. */
    public Rows failed(String version) {
        return unfinished(version, State.FAILED, 0);
    }

    /** It stopped at a checkpoint. */
    public Rows unfinished(String version, State state, int statementsDone) {
        return versioned(version, state, "c1:" + version, statementsDone, 7);
    }

    public Rows rollback(String version, State state) {
        return add(version, "x", "U" + version + "__x.sql", Kind.ROLLBACK, null, state, 0, 1);
    }

    public Rows baseline(String version) {
        return add(version, "as it was", "baseline", Kind.BASELINE, null, State.APPLIED, 0, 0);
    }

    public Rows repair(String version, String checksum) {
        return add(version, "x", "V" + version + "__x.sql", Kind.REPAIR, checksum, State.APPLIED, 1, 1);
    }

    public Rows restore() {
        return add(null, "restore", "restore", Kind.RESTORE, null, State.APPLIED, 0, 0);
    }

    public Rows repeatable(String description, String checksum) {
        return repeatable(description, checksum, State.APPLIED, 1);
    }

    public Rows repeatable(String description, String checksum, State state, int statementsDone) {
        String script = "R__" + description + ".sql";
        return add(null, description, script, Kind.REPEATABLE, checksum, state, statementsDone, 7);
    }

    private Rows versioned(String version, State state, @Nullable String checksum, int done, int total) {
        return add(version, "x", "V" + version + "__x.sql", Kind.VERSIONED, checksum, state, done, total);
    }

    private Rows add(
            @Nullable String version,
            String description,
            String script,
            Kind kind,
            @Nullable String checksum,
            State state,
            int done,
            int total) {
        rows.add(new HistoryRow(
                rows.size() + 1,
                version == null ? null : Version.parse(version),
                description,
                script,
                kind,
                checksum,
                state,
                done,
                total,
                null,
                Instant.EPOCH,
                null,
                "role",
                null,
                null,
                "00000000-0000-0000-0000-000000000001"));
        return this;
    }

    public HistoryRow last() {
        return rows.get(rows.size() - 1);
    }

    public History history() {
        return History.of(rows);
    }

    /** The same as they come from the server, as far as that is read at first. */
    public List<StoredRow> stored() {
        return rows.stream()
                .map(row -> new StoredRow(
                        row.kind().code(),
                        row.state().code(),
                        row.version() == null
                                ? row.description()
                                : row.version().text(),
                        row.checksum(),
                        "{}"))
                .toList();
    }
}
