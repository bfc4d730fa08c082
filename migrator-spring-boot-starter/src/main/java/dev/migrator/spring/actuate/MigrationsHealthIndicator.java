package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Says from memory whether all migrators are done: out of service until then, down after a failure. */
public final class MigrationsHealthIndicator extends AbstractHealthIndicator {

    private final ListableBeanFactory beans;
    private final boolean enabled;

    /**
     * @param enabled whether migrators run in this application
     */
    public MigrationsHealthIndicator(ListableBeanFactory beans, boolean enabled) {
        super("The state of the migrations could not be told");
        this.beans = beans;
        this.enabled = enabled;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Status worst = Status.UP;
        for (Map.Entry<String, Migrator> bean :
                beans.getBeansOfType(Migrator.class).entrySet()) {
            MigratorStatus status = bean.getValue().snapshot();
            worst = worse(worst, enabled ? of(status.state()) : Status.UP);
            health.withDetail(bean.getKey(), details(status));
        }
        health.status(worst);
    }

    private Map<String, Object> details(MigratorStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", MigratorDescriptor.state(status, enabled));
        details.put("applied", count(status, "applied"));
        details.put("pending", count(status, "pending"));
        CurrentDescriptor current = CurrentDescriptor.of(status.current());
        if (current != null) {
            details.put("current", current);
        }
        if (!status.problems().isEmpty()) {
            details.put("problems", status.problems());
        }
        return details;
    }

    private static long count(MigratorStatus status, String state) {
        return status.migrations().stream()
                .filter(migration -> migration.state().equals(state))
                .count();
    }

    private static Status of(MigratorState state) {
        return switch (state) {
            case PENDING, RUNNING -> Status.OUT_OF_SERVICE;
            case SUCCEEDED -> Status.UP;
            case FAILED -> Status.DOWN;
        };
    }

    private static Status worse(Status one, Status other) {
        return one.equals(Status.DOWN) || other.equals(Status.UP) ? one : other;
    }
}
