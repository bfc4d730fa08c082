package dev.migrator.page;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.MigratorStatus.Current;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A migrator on the page.
 *
 * @param context the application context's name, or null where there is but one
 * @param name the migrator's own
 * @param enabled whether it runs at all; if not it is shown as {@code disabled}
 * @param status how it stands, without what this reader may not see
 */
public record ShownMigrator(@Nullable String context, String name, boolean enabled, MigratorStatus status) {

    /** {@code pending}, {@code running}, {@code succeeded}, {@code failed} or {@code disabled}. */
    public String state() {
        return enabled ? status.state().name().toLowerCase(Locale.ROOT) : "disabled";
    }

    boolean isRunning() {
        return enabled && status.current() != null;
    }

    /** What no other migrator on the page is called. */
    String key() {
        return context == null ? name : context + "/" + name;
    }

    /** Those that the last run left undone for a reason. */
    List<MigrationInfo> failed() {
        return status.migrations().stream()
                .filter(migration ->
                        migration.state().equals("failed") || migration.state().equals("interrupted"))
                .toList();
    }

    /** What the history says to be running, though nothing runs here: another instance does it, or died over it. */
    List<MigrationInfo> begunElsewhere() {
        return status.current() != null
                ? List.of()
                : status.migrations().stream()
                        .filter(migration -> migration.state().equals("running"))
                        .toList();
    }

    /** In one sentence. */
    String headline() {
        Current current = status.current();
        if (!enabled) {
            return "Switched off";
        }
        if (current != null) {
            return current.step() == 0
                    ? PhaseWords.of(current.phase())
                    : "Running " + current.step() + " of " + current.steps();
        }
        return switch (status.state()) {
            case FAILED -> "The last run failed";
            case RUNNING -> "Running";
            case PENDING -> pending();
            case SUCCEEDED -> status.pending() == 0 ? "Up to date" : pending();
        };
    }

    private String pending() {
        if (!status.problems().isEmpty()) {
            return "Something is wrong";
        }
        if (!failed().isEmpty()) {
            return "Left undone: " + Words.count(failed().size(), "migration", "migrations");
        }
        if (!begunElsewhere().isEmpty()) {
            return "Begun elsewhere: " + Words.count(begunElsewhere().size(), "migration", "migrations");
        }
        return switch (status.pending()) {
            case 0 -> "Nothing has run yet";
            case 1 -> "One migration is pending";
            default -> Words.number(status.pending()) + " migrations are pending";
        };
    }
}
