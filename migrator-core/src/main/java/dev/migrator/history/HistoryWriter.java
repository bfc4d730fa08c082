package dev.migrator.history;

import static dev.migrator.sql.Quoting.literal;

import dev.migrator.sql.Repertoire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write history, as text: they travel in the same batch as the migration's own. Every name in them is
 * qualified and every value is quoted, since a script may have changed the search path by then. What people read is written as
 * far as the database can hold it; what identifies something is left as it is.
 */
public final class HistoryWriter {

    private static final String NOW = "pg_catalog.now()";

    private static final String SINCE_NOW = elapsed(NOW);

    /** Takes back the mark of a statement that was begun. */
    private static final String UNMARKED =
            ", details = pg_catalog.jsonb_delete(details, VARIADIC '{begun,begun_checksum}'::pg_catalog.text[])";

    /**
     * In the transaction that it is written in, a position before that transaction's commit: a recovery up to it leaves the
     * migration out.
     */
    private static final String POSITION = "pg_catalog.pg_current_wal_insert_lsn()";

    private final TableName name;
    private final boolean position;
    private final Repertoire repertoire;

    /** Writes no positions of the write-ahead log. */
    public HistoryWriter(TableName name, Repertoire repertoire) {
        this(name, false, repertoire);
    }

    /**
     * Makes a writer.
     *
     * @param position whether the server tells where its write-ahead log stands
     * @param repertoire what the database can hold
     */
    public HistoryWriter(TableName name, boolean position, Repertoire repertoire) {
        this.name = name;
        this.position = position;
        this.repertoire = repertoire;
    }

    /** The milliseconds since then. */
    private static String elapsed(String since) {
        return "(extract(epoch FROM pg_catalog.clock_timestamp() - " + since + ") * 1000)::pg_catalog.int8";
    }

    /** The row of a migration that is one transaction, written by that transaction: applied, with all its statements. */
    public String applied(HistoryEntry entry) {
        return insert(entry, State.APPLIED, entry.statementsTotal(), null, NOW, SINCE_NOW, null);
    }

    /** The row of a migration that leads through several transactions, written before the first. */
    public String running(HistoryEntry entry, int statementsDone, @Nullable String doneChecksum) {
        return insert(entry, State.RUNNING, statementsDone, doneChecksum, NOW, "NULL", null);
    }

    /**
     * The same, with the mark of an earlier run.
     *
     * @param begun the statement behind the checkpoint, of which nobody recorded what became of it
     * @param begunChecksum of the text up to and with that statement
     */
    public String running(
            HistoryEntry entry, int statementsDone, @Nullable String doneChecksum, int begun, String begunChecksum) {
        return insert(
                entry, State.RUNNING, statementsDone, doneChecksum, NOW, "NULL", null, marks(begun, begunChecksum));
    }

    /**
     * Marks, in this run's running row, the statement that is about to be sent outside of a transaction.
     *
     * @param checksum of the text up to and with that statement
     */
    public String begun(HistoryEntry entry, int statement, String checksum) {
        return "UPDATE " + name.quoted()
                + " SET details = coalesce(details, '{}'::pg_catalog.jsonb) OPERATOR(pg_catalog.||) "
                + object(marks(statement, checksum)) + ofRunningRow(entry);
    }

    private static List<String> marks(int begun, String checksum) {
        return List.of("'begun', " + begun, member("begun_checksum", checksum));
    }

    /** For people: it need not be exact. */
    private String readable(@Nullable String value) {
        return value == null ? literal(null) : literal(repertoire.fit(value));
    }

    private static String member(String name, @Nullable String value) {
        return literal(name) + ", " + literal(value) + "::pg_catalog.text";
    }

    private static String object(List<String> members) {
        return "pg_catalog.jsonb_build_object(" + String.join(", ", members) + ")";
    }

    /** The row by which a person settles how far a migration has come: applied, or to be gone on with at a checkpoint. */
    public String repaired(HistoryEntry entry, State state, int statementsDone, @Nullable String doneChecksum) {
        return insert(entry, state, statementsDone, doneChecksum, NOW, "0", null);
    }

    /** The row of a transactional migration that failed, written after the server rolled it back. */
    public String failed(HistoryEntry entry, long durationMs, String error) {
        return insert(
                entry,
                State.FAILED,
                0,
                null,
                NOW + " - " + durationMs + " * interval '1 millisecond'",
                Long.toString(durationMs),
                error);
    }

    /** The row of a migration that is not to run here. */
    public String skipped(HistoryEntry entry, String reason) {
        return insert(entry, State.SKIPPED, 0, null, NOW, "0", null, List.of(member("reason", repertoire.fit(reason))));
    }

    /** The row for what the schema was before Migrator came. */
    public String baseline(HistoryEntry entry) {
        return insert(entry, State.APPLIED, 0, null, NOW, "0", null);
    }

    /** The row of a restore, which concerns no single migration; written into the restored database. */
    public String restored(HistoryEntry entry) {
        return insert(entry, State.APPLIED, 0, null, NOW, "0", null);
    }

    /**
     * Fails (22012, division by zero) unless this run's running row is there to be moved or ended: a script may have deleted it,
     * and an UPDATE of nothing is no error.
     */
    public String requireRunning(HistoryEntry entry) {
        return "SELECT 1 / pg_catalog.count(*) FROM " + name.quoted() + ofRunningRow(entry);
    }

    /** Moves the checkpoint of this run's running row. */
    public String checkpoint(HistoryEntry entry, int statementsDone, String doneChecksum) {
        return "UPDATE " + name.quoted() + " SET statements_done = " + statementsDone + ", done_checksum = "
                + literal(doneChecksum) + ofRunningRow(entry);
    }

    /** Ends this run's running row. */
    public String finished(HistoryEntry entry) {
        return "UPDATE " + name.quoted() + " SET state = 'applied', statements_done = " + entry.statementsTotal()
                + ", duration_ms = " + elapsed("started_at") + ofRunningRow(entry);
    }

    /**
     * Ends this run's running row badly; its checkpoint stays.
     *
     * @param outcomeKnown whether the server has said that the statement failed which the row marks as begun, if it does
     */
    public String stopped(HistoryEntry entry, String error, boolean outcomeKnown) {
        return "UPDATE " + name.quoted() + " SET state = 'failed', error = " + readable(error)
                + (outcomeKnown ? UNMARKED : "")
                + ", duration_ms = " + elapsed("started_at") + ofRunningRow(entry);
    }

    /** Marks the row of an instance that died in the middle; only the holder of the lock may say so. */
    public String interrupted(HistoryRow row) {
        String error = row.hidesOutcome()
                ? ", error = "
                        + literal("the instance died while statement " + row.begun() + " of " + row.statementsTotal()
                                + " ran outside of a transaction")
                : "";
        return "UPDATE " + name.quoted() + " SET state = 'interrupted'" + error + " WHERE id = " + row.id()
                + " AND state = 'running'";
    }

    /**
     * Ends this run's running row before its end, with its checkpoint: it was cancelled.
     *
     * @param partStays whether its last statement may have done a part of its work, so that what is known of it has to stay
     * @param byWhom as {@code " by ada"}; empty where nobody has asked for that
     */
    public String interrupted(HistoryEntry entry, boolean partStays, String byWhom) {
        String begun = partStays ? "" : UNMARKED;
        String error = byWhom.isEmpty() ? "" : ", error = " + readable("cancelled" + byWhom);
        return "UPDATE " + name.quoted() + " SET state = 'interrupted'" + error + ", duration_ms = "
                + elapsed("started_at") + begun + ofRunningRow(entry);
    }

    /** Adds what was seen while it ran to this run's row, once that is at its end. */
    public String observed(HistoryEntry entry, Sights sights) {
        return "UPDATE " + name.quoted()
                + " SET details = coalesce(details, '{}'::pg_catalog.jsonb) OPERATOR(pg_catalog.||) "
                + object(List.of(member("observed", repertoire.fit(sights.text()))))
                + " WHERE id = (SELECT pg_catalog.max(id) FROM "
                + name.quoted() + ofRun(entry) + ")";
    }

    /** Writes to the write-ahead log without a change: the newest row's lock is taken, in the way that hinders nobody. */
    public String touched() {
        return "SELECT FROM " + name.quoted() + " WHERE id = (SELECT pg_catalog.max(id) FROM " + name.quoted()
                + ") FOR KEY SHARE";
    }

    /** Asks whether this run has recorded the migration as applied: what decides when the connection was lost at COMMIT. */
    public String isApplied(HistoryEntry entry) {
        return "SELECT EXISTS (SELECT FROM " + name.quoted() + ofRow(entry, State.APPLIED) + ")";
    }

    /** Asks how far this run's running row is; no row if there is none. */
    public String statementsDone(HistoryEntry entry) {
        return "SELECT statements_done FROM " + name.quoted() + ofRunningRow(entry);
    }

    private static String ofRunningRow(HistoryEntry entry) {
        return ofRow(entry, State.RUNNING);
    }

    private static String ofRow(HistoryEntry entry, State state) {
        return ofRun(entry) + " AND state = " + literal(state.code());
    }

    private static String ofRun(HistoryEntry entry) {
        return " WHERE run_id = " + literal(entry.runId().toString()) + "::pg_catalog.uuid AND script = "
                + literal(entry.script());
    }

    private String insert(
            HistoryEntry entry,
            State state,
            int statementsDone,
            @Nullable String doneChecksum,
            String startedAt,
            String durationMs,
            @Nullable String error) {
        return insert(entry, state, statementsDone, doneChecksum, startedAt, durationMs, error, List.of());
    }

    private String details(HistoryEntry entry, List<String> members) {
        List<String> all = new ArrayList<>(members);
        if (entry.wayBack().restorePoint() != null) {
            all.add(member("restore_point", entry.wayBack().restorePoint()));
        }
        KeptRollback rollback = entry.rollback();
        if (rollback != null) {
            List<String> kept = new ArrayList<>(List.of(
                    member("script", repertoire.fit(rollback.script())), member("checksum", rollback.checksum())));
            if (rollback.conf() != null) {
                kept.add(member("conf", rollback.conf()));
            }
            all.add("'rollback', " + object(kept));
        }
        return all.isEmpty() ? "NULL" : object(all);
    }

    private String insert(
            HistoryEntry entry,
            State state,
            int statementsDone,
            @Nullable String doneChecksum,
            String startedAt,
            String durationMs,
            @Nullable String error,
            List<String> details) {
        return "INSERT INTO " + name.quoted()
                + " (run_id, version, description, script, kind, checksum, state, statements_done, statements_total,"
                + " done_checksum, started_at, duration_ms, actor, instance, error, details,"
                + " wal_lsn, backup, rollback_script) VALUES ("
                + String.join(
                        ", ",
                        literal(entry.runId().toString()),
                        literal(entry.version() == null ? null : entry.version().text()),
                        literal(entry.description()),
                        literal(entry.script()),
                        literal(entry.kind().code()),
                        literal(entry.checksum()),
                        literal(state.code()),
                        Integer.toString(statementsDone),
                        Integer.toString(entry.statementsTotal()),
                        literal(doneChecksum),
                        startedAt,
                        durationMs,
                        readable(entry.actor()),
                        readable(entry.instance()),
                        readable(error),
                        details(entry, details),
                        position ? POSITION : "NULL",
                        readable(entry.wayBack().backup()),
                        literal(
                                entry.rollback() == null
                                        ? null
                                        : entry.rollback().text()))
                + ")";
    }
}
