package dev.migrator.spring.actuate;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Says from memory at which version each schema stands. */
public final class MigrationsInfoContributor implements InfoContributor {

    private final ListableBeanFactory beans;
    private final boolean enabled;

    /**
     * @param enabled whether migrators run in this application
     */
    public MigrationsInfoContributor(ListableBeanFactory beans, boolean enabled) {
        this.beans = beans;
        this.enabled = enabled;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> migrators = new LinkedHashMap<>();
        beans.getBeansOfType(Migrator.class).forEach((name, migrator) -> migrators.put(name, of(migrator.snapshot())));
        builder.withDetail("migrations", migrators);
    }

    private Map<String, Object> of(MigratorStatus status) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("state", MigratorDescriptor.state(status, enabled));
        if (status.currentVersion() != null) {
            info.put("currentVersion", status.currentVersion());
        }
        if (status.latestVersion() != null) {
            info.put("latestVersion", status.latestVersion());
            info.put("pending", status.pending());
        }
        return info;
    }
}
