package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Says from memory whether all migrators are done: out of service until then, down after a failure or half of a migration. */
public final class MigrationsHealthIndicator extends AbstractHealthIndicator {

    private final ListableBeanFactory beans;
    private final boolean enabled;
    private final boolean bare;

    /**
     * @param enabled whether migrators run in this application
     * @param bare whether nobody may see the words of problems, and who holds the lock
     */
    public MigrationsHealthIndicator(ListableBeanFactory beans, boolean enabled, boolean bare) {
        super("The state of the migrations could not be told");
        this.beans = beans;
        this.enabled = enabled;
        this.bare = bare;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Status worst = Status.UP;
        for (Map.Entry<String, Migrator> bean :
                beans.getBeansOfType(Migrator.class).entrySet()) {
            Migrator migrator = bean.getValue();
            MigratorStatus status = migrator.snapshot();
            worst = worse(worst, enabled ? of(status) : Status.UP);
            health.withDetail(
                    bean.getKey(), HealthDetails.of(bare ? Redaction.of(status) : status, migrator.drift(), enabled));
        }
        health.status(worst);
    }

    /** One that was interrupted, and that nobody here goes on with, leaves the schema between two versions. */
    private static Status of(MigratorStatus status) {
        return switch (status.state()) {
            case RUNNING -> Status.OUT_OF_SERVICE;
            case PENDING -> HealthDetails.isAnyInterrupted(status) ? Status.DOWN : Status.OUT_OF_SERVICE;
            case SUCCEEDED -> Status.UP;
            case FAILED -> Status.DOWN;
        };
    }

    private static Status worse(Status one, Status other) {
        return one.equals(Status.DOWN) || other.equals(Status.UP) ? one : other;
    }
}
