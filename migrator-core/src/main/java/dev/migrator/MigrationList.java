package dev.migrator;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.Sights;
import dev.migrator.history.State;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import dev.migrator.run.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what was found, what the history says and what the current run has done to one list, in the order of running. */
final class MigrationList {

    private MigrationList() {}

    static List<MigrationInfo> of(Standing standing, Map<String, StepResult> results) {
        List<Entry> versioned = new ArrayList<>();
        List<MigrationInfo> repeatable = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (Migration migration : standing.plan().migrations()) {
            Version version = migration.version();
            HistoryRow row = version == null
                    ? standing.history().ofRepeatable(migration.description())
                    : standing.history().of(version);
            if (row != null) {
                seen.add(row.id());
            }
            MigrationInfo info = info(migration, row, results.get(migration.script()), standing);
            if (version == null) {
                repeatable.add(info);
            } else {
                versioned.add(new Entry(version, info));
            }
        }
        for (HistoryRow row : standing.history().versions()) {
            Version version = row.version();
            if (version != null && seen.add(row.id())) {
                versioned.add(new Entry(version, ofHistory(row)));
            }
        }
        versioned.sort(Comparator.comparing(Entry::version));
        List<MigrationInfo> all = new ArrayList<>(versioned.size() + repeatable.size());
        versioned.forEach(entry -> all.add(entry.info()));
        all.addAll(repeatable);
        for (HistoryRow row : standing.history().repeatables()) {
            if (seen.add(row.id())) {
                all.add(ofHistory(row));
            }
        }
        return List.copyOf(all);
    }

    private record Entry(Version version, MigrationInfo info) {}

    private static MigrationInfo info(
            Migration migration, @Nullable HistoryRow row, @Nullable StepResult result, Standing standing) {
        if (result != null) {
            return ofFound(
                    migration,
                    result.runId().toString(),
                    result.state(),
                    result.startedAt(),
                    result.durationMs(),
                    result.error(),
                    result.reason());
        }
        if (row == null || isPendingAgain(migration, row, standing)) {
            String state = isBelowBaseline(migration, standing) ? "skipped" : "pending";
            return ofFound(migration, null, state, null, null, null, null);
        }
        return ofHistory(row, rollback(migration));
    }

    /** A repeatable whose text is another than the one that was applied, or which a rollback may have taken along. */
    private static boolean isPendingAgain(Migration migration, HistoryRow row, Standing standing) {
        if (!migration.repeatable() || row.state() != State.APPLIED && row.state() != State.SKIPPED) {
            return false;
        }
        return standing.history().takenBackSince(row)
                || migration.checksum() != null && !migration.checksum().equals(row.checksum());
    }

    private static boolean isBelowBaseline(Migration migration, Standing standing) {
        Version baseline = standing.history().baseline();
        return baseline != null
                && migration.version() != null
                && migration.version().compareTo(baseline) <= 0;
    }

    private static MigrationInfo ofFound(
            Migration migration,
            @Nullable String runId,
            String state,
            @Nullable Instant startedAt,
            @Nullable Long durationMs,
            @Nullable String error,
            @Nullable String reason) {
        return new MigrationInfo(
                migration.version() == null ? null : migration.version().text(),
                migration.description(),
                migration.repeatable() ? "repeatable" : "versioned",
                migration.script(),
                migration.checksum(),
                state,
                null,
                null,
                null,
                runId,
                startedAt,
                durationMs,
                error,
                reason,
                null,
                null,
                null,
                rollback(migration),
                null);
    }

    private static @Nullable String rollback(Migration migration) {
        return migration.rollback() == null ? null : migration.rollback().name();
    }

    private static @Nullable Observed observed(@Nullable Sights sights) {
        return sights == null
                ? null
                : new Observed(
                        sights.attempts(),
                        sights.waits().stream()
                                .map(wait -> new Observed.Wait(wait.whom(), wait.ms()))
                                .toList(),
                        sights.statements().stream()
                                .map(time -> new Observed.StatementTime(
                                        time.statement(), time.line() == 0 ? null : time.line(), time.ms()))
                                .toList());
    }

    /** Everything that was recorded, in that order, and what the current run has done since. */
    static List<MigrationInfo> history(Standing standing, Map<String, StepResult> results) {
        List<MigrationInfo> all = new ArrayList<>();
        standing.history().rows().forEach(row -> all.add(ofHistory(row)));
        standing.plan().steps().forEach(step -> {
            Migration migration = step.migration();
            StepResult result = results.get(migration.script());
            if (result != null) {
                all.add(info(migration, null, result, standing));
            }
        });
        return List.copyOf(all);
    }

    private static MigrationInfo ofHistory(HistoryRow row) {
        return ofHistory(row, null);
    }

    private static MigrationInfo ofHistory(HistoryRow row, @Nullable String rollback) {
        return new MigrationInfo(
                row.version() == null ? null : row.version().text(),
                row.description(),
                row.kind().code(),
                row.script(),
                row.checksum(),
                row.state().code(),
                row.installedBy(),
                row.actor(),
                row.instance(),
                row.runId(),
                row.startedAt(),
                row.durationMs(),
                row.error(),
                row.reason(),
                row.statementsDone(),
                row.statementsTotal(),
                row.backup(),
                rollback,
                observed(row.observed()));
    }
}
