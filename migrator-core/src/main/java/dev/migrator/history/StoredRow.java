package dev.migrator.history;

import dev.migrator.migration.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row as it came from the server: what says whether something is to be done is at hand, the rest is taken apart when somebody
 * asks for it. A start with nothing to do, whose history may be long, never does.
 *
 * @param kind as it is stored
 * @param state as it is stored
 * @param name the version; of what has none, the description
 * @param rest all other columns, as PostgreSQL writes an array of texts
 */
public record StoredRow(
        String kind, String state, String name, @Nullable String checksum, String rest) {

    /** Column by column, what {@link #row()} reads again; the order is known to nobody else. */
    static final String COLUMNS = "kind, state, coalesce(version, description), checksum,"
            + " ARRAY[id::text, version, description, script, statements_done::text, statements_total::text,"
            + " done_checksum, (extract(epoch FROM started_at) * 1000000)::bigint::text, duration_ms::text, installed_by,"
            + " instance, error, details ->> 'reason', details ->> 'begun', details ->> 'begun_checksum', run_id::text,"
            + " actor, backup, details ->> 'observed']::text";

    /** What the newest row of something says when it has run: as {@link State#APPLIED} is stored. */
    public static final String APPLIED = "applied";

    /**
     * All that the row holds.
     *
     * @throws IllegalStateException if it was written by a newer release
     */
    HistoryRow row() {
        List<@Nullable String> columns = TextArray.parse(rest);
        String version = columns.get(1);
        String duration = columns.get(8);
        String observed = columns.get(18);
        return new HistoryRow(
                Long.parseLong(some(columns, 0)),
                version == null ? null : Version.parse(version),
                some(columns, 2),
                some(columns, 3),
                Kind.of(kind),
                checksum,
                State.of(state),
                Integer.parseInt(some(columns, 4)),
                Integer.parseInt(some(columns, 5)),
                columns.get(6),
                instant(Long.parseLong(some(columns, 7))),
                duration == null ? null : Long.valueOf(duration),
                some(columns, 9),
                columns.get(10),
                columns.get(11),
                columns.get(12),
                columns.get(13) == null ? 0 : Integer.parseInt(some(columns, 13)),
                columns.get(14),
                some(columns, 15),
                columns.get(16),
                columns.get(17),
                observed == null ? null : Sights.parse(observed));
    }

    private static String some(List<@Nullable String> columns, int index) {
        return Objects.requireNonNull(columns.get(index));
    }

    private static Instant instant(long microseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1000);
    }
}
