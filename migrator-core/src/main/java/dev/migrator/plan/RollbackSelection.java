package dev.migrator.plan;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the versions that a rollback means, the one that was applied last first. */
public final class RollbackSelection {

    private RollbackSelection() {}

    /**
     * Chooses them.
     *
     * @param runs the runs of the history's rows, by their ids
     * @return the rows that speak for them
     */
    public static List<HistoryRow> of(Rollback rollback, Found found, History history, Map<Long, UUID> runs) {
        LooseMigrations loose = new LooseMigrations(found);
        List<HistoryRow> candidates = history.versions().stream()
                .filter(row -> isThere(row, loose))
                .sorted(Comparator.comparing(HistoryRow::id).reversed())
                .toList();
        if (rollback instanceof Rollback.Count newest) {
            return newest(newest.count(), candidates);
        }
        if (rollback instanceof Rollback.To to) {
            return candidates.stream()
                    .filter(row -> version(row).compareTo(to.version()) > 0)
                    .toList();
        }
        HistoryRow newest = newest(history);
        UUID last = newest == null ? null : runs.get(newest.id());
        List<HistoryRow> chosen = candidates.stream()
                .filter(row -> last != null && last.equals(runs.get(row.id())))
                .toList();
        return chosen.stream().allMatch(row -> row.state() == State.SKIPPED) ? List.of() : chosen;
    }

    /**
     * What ran last and is not taken back: what ran before it is not meant by "the last run", also where the last run has left
     * nothing that could be taken back.
     */
    static @Nullable HistoryRow newest(History history) {
        return Stream.concat(history.versions().stream(), history.repeatables().stream())
                .filter(row -> row.kind() != Kind.BASELINE && row.state() != State.SKIPPED)
                .max(Comparator.comparing(HistoryRow::id))
                .orElse(null);
    }

    /** What was skipped counts for nothing, but may not stay above what is pending again. */
    private static List<HistoryRow> newest(int count, List<HistoryRow> candidates) {
        List<HistoryRow> chosen = new ArrayList<>();
        int counted = 0;
        for (HistoryRow row : candidates) {
            if (counted == count) {
                break;
            }
            chosen.add(row);
            counted += row.state() == State.SKIPPED ? 0 : 1;
        }
        return counted == 0 ? List.of() : List.copyOf(chosen);
    }

    /** Whether something of it is in the database, or may be: also of one that was cut off in the middle. */
    private static boolean isThere(HistoryRow row, LooseMigrations loose) {
        if (row.kind() == Kind.BASELINE) {
            return false;
        }
        return row.state() == State.APPLIED || row.state() == State.SKIPPED || loose.leftSomething(row);
    }

    static Version version(HistoryRow row) {
        return Objects.requireNonNull(row.version());
    }
}
