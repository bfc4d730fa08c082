package dev.migrator.spring.actuate;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.MigratorStatus.Current;
import dev.migrator.plan.Problem;
import dev.migrator.run.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What health says of one migrator to those who may see details. Lists are short: the endpoint has all of it. */
final class HealthDetails {

    private static final int LONGEST_LIST = 10;

    private HealthDetails() {}

    /**
     * As the endpoint names it.
     *
     * @param drift what was applied and is another here
     * @param enabled whether migrators run in this application
     */
    static Map<String, Object> of(MigratorStatus status, List<Problem> drift, boolean enabled) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", MigratorDescriptor.state(status, enabled));
        details.put("applied", named(status, "applied").size());
        details.put("pending", named(status, "pending").size());
        put(details, "pendingMigrations", named(status, "pending"));
        put(details, "failed", named(status, "failed"));
        put(details, "interrupted", named(status, "interrupted"));
        put(
                details,
                "drifted",
                drift.stream().map(Problem::script).filter(Objects::nonNull).toList());
        Current current = status.current();
        CurrentDescriptor described = CurrentDescriptor.of(current);
        if (current != null && described != null) {
            if (current.phase() == Phase.WAITING_FOR_LOCK && current.detail() != null) {
                details.put("lockHeldBy", current.detail());
            }
            if (current.runPercent() != null) {
                details.put("percent", current.runPercent());
            }
            details.put("current", described);
        }
        put(details, "problems", status.problems());
        put(details, "notes", status.notes());
        return details;
    }

    static boolean isAnyInterrupted(MigratorStatus status) {
        return status.migrations().stream()
                .anyMatch(migration -> migration.state().equals("interrupted"));
    }

    private static List<String> named(MigratorStatus status, String state) {
        return status.migrations().stream()
                .filter(migration -> migration.state().equals(state))
                .map(MigrationInfo::script)
                .toList();
    }

    private static void put(Map<String, Object> details, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        List<String> shown = new ArrayList<>(values.subList(0, Math.min(values.size(), LONGEST_LIST)));
        if (shown.size() < values.size()) {
            shown.add("… and " + (values.size() - shown.size()) + " more");
        }
        details.put(name, shown);
    }
}
