package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of one run.
 *
 * @param rows in that order; at least one
 */
record PastRun(List<MigrationInfo> rows) {

    /** All of them, the newest first. */
    static List<PastRun> of(List<MigrationInfo> history) {
        Map<Object, List<MigrationInfo>> runs = new LinkedHashMap<>();
        for (MigrationInfo row : history) {
            Object key = row.runId() == null ? new Object() : row.runId();
            runs.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
        }
        List<PastRun> newestFirst = new ArrayList<>(runs.size());
        runs.values().forEach(rows -> newestFirst.add(0, new PastRun(rows)));
        return newestFirst;
    }

    /** What a row is, in one word: its kind where that is something of its own, and what became of it where it is not done. */
    static String mark(MigrationInfo row) {
        if (!row.state().equals("applied")) {
            return row.state();
        }
        return switch (row.kind()) {
            case "rollback", "repair", "restore", "baseline", "adopted" -> row.kind();
            default -> "applied";
        };
    }

    /** The same for the whole: what went wrong goes before what was done. */
    String mark() {
        return Stream.of(
                        "failed",
                        "interrupted",
                        "running",
                        "restore",
                        "rollback",
                        "repair",
                        "baseline",
                        "adopted",
                        "applied")
                .filter(mark -> rows.stream().anyMatch(row -> mark(row).equals(mark)))
                .findFirst()
                .orElse("skipped");
    }

    String headline() {
        List<String> parts = new ArrayList<>();
        add(parts, "applied", "Applied");
        add(parts, "rollback", "Rolled back");
        add(parts, "repair", "Repaired");
        add(parts, "restore", "Restored");
        add(parts, "baseline", "Set the baseline:");
        add(parts, "adopted", "Took over");
        add(parts, "skipped", "Skipped");
        add(parts, "failed", "Failed at");
        add(parts, "interrupted", "Was interrupted at");
        add(parts, "running", "Runs");
        return parts.isEmpty() ? "Recorded " + name(rows.get(0)) : String.join("; ", parts);
    }

    private void add(List<String> parts, String mark, String verb) {
        List<MigrationInfo> those =
                rows.stream().filter(row -> mark(row).equals(mark)).toList();
        if (those.isEmpty()) {
            return;
        }
        if (those.size() == 1) {
            parts.add(verb + " " + name(those.get(0)));
        } else {
            parts.add(verb + " " + Words.count(those.size(), "migration", "migrations"));
        }
    }

    private static String name(MigrationInfo row) {
        return row.version() == null ? row.description() : row.version();
    }

    @Nullable
    Instant startedAt() {
        return rows.stream()
                .map(MigrationInfo::startedAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    long durationMs() {
        return rows.stream().mapToLong(PastRun::ms).sum();
    }

    long longestMs() {
        return rows.stream().mapToLong(PastRun::ms).max().orElse(0);
    }

    static long ms(MigrationInfo row) {
        return row.durationMs() == null ? 0 : row.durationMs();
    }

    @Nullable
    String instance() {
        return rows.get(0).instance();
    }

    @Nullable
    String backup() {
        return rows.stream()
                .map(MigrationInfo::backup)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The person, and the database role. */
    @Nullable
    String by() {
        return by(rows.get(0));
    }

    static @Nullable String by(MigrationInfo row) {
        if (row.actor() == null) {
            return row.installedBy();
        }
        return row.installedBy() == null ? row.actor() : row.actor() + " (as " + row.installedBy() + ")";
    }
}
