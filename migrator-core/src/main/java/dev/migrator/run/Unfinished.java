package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The migrations, and the rollbacks, that were begun and did not come to their end, among which a repair looks for its own. */
final class Unfinished {

    private static final String UNTOUCHED = "nothing was recorded; it is as it was.";

    private final Found found;
    private final History history;
    private final List<HistoryRow> rows = new ArrayList<>();

    Unfinished(Found found, History history) {
        this.found = found;
        this.history = history;
        history.rollbacks().stream().filter(HistoryRow::leftSomething).forEach(rows::add);
        history.versions().stream()
                .filter(Unfinished::isUnfinished)
                .filter(row -> !isBeingTakenBack(row))
                .sorted(Comparator.comparing(HistoryRow::id))
                .forEach(rows::add);
        history.repeatables().stream().filter(Unfinished::isUnfinished).forEach(rows::add);
    }

    /** What remains of it is the rollback's: it cannot be gone on with. */
    private boolean isBeingTakenBack(HistoryRow row) {
        HistoryRow rollback = history.ofRollback(Objects.requireNonNull(row.version()));
        return rollback != null && rollback.leftSomething();
    }

    private static boolean isUnfinished(HistoryRow row) {
        return row.state() != State.APPLIED && row.state() != State.SKIPPED;
    }

    /**
     * The row that speaks for the one that is meant.
     *
     * @param wanted its version or script; null if there is only one
     */
    HistoryRow row(@Nullable String wanted) {
        if (rows.isEmpty() && (wanted == null || history.rollbacks().isEmpty())) {
            throw refusal("No migration is unfinished: there is nothing to repair.", "Nothing is to be done.");
        }
        if (wanted == null) {
            if (rows.size() > 1) {
                throw refusal("Several migrations are unfinished: " + list() + ".", "Name the one that is meant.");
            }
            return rows.get(0);
        }
        // a rollback that left nothing by what is known of it may still have committed a part: who names it knows that
        return Stream.concat(rows.stream(), history.rollbacks().stream())
                .filter(row -> isMeant(wanted, row.version(), row.script()))
                .findFirst()
                .orElseThrow(() -> refusal(
                        "'" + wanted + "' is " + standing(wanted) + "; unfinished: " + list() + ".",
                        "Name one of those, by its version or its script."));
    }

    private String standing(String wanted) {
        for (Migration migration : found.migrations()) {
            if (isMeant(wanted, migration.version(), migration.script())) {
                Version version = migration.version();
                HistoryRow row = version == null ? history.ofRepeatable(migration.description()) : history.of(version);
                return row == null
                        ? "pending, and was never begun"
                        : row.state().code() + ", which needs no repair";
            }
        }
        return "no migration that is known here";
    }

    /** The migration that such a row is of, as it is found here. */
    Migration migration(HistoryRow row) {
        Version version = row.version();
        for (Migration migration : found.migrations()) {
            if (version == null
                    ? migration.repeatable() && migration.description().equals(row.description())
                    : version.equals(migration.version())) {
                return migration;
            }
        }
        throw refusal(
                row.script() + " is " + row.state().code() + " in the history, and is not found here.",
                "Restore the file, or correct migrator.locations.");
    }

    private static boolean isMeant(String wanted, @Nullable Version version, String script) {
        return script.equals(wanted) || version != null && isVersion(wanted, version);
    }

    private static boolean isVersion(String wanted, Version version) {
        try {
            return Version.parse(wanted).equals(version);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String list() {
        return rows.stream()
                .map(row -> row.script() + " (" + row.state().code() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Why a repair records nothing. */
    static ConfigurationException refusal(String description, String action) {
        return new ConfigurationException(description, UNTOUCHED, action, null);
    }
}
