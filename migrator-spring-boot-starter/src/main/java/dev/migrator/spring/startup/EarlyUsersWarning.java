package dev.migrator.spring.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says at start-up who would use the schema before it is migrated, and which {@code migrator.run-at} fits better.
 *
 * <p>It looks at bean definitions only and makes no bean: a warning may not change what it warns of.
 */
public final class EarlyUsersWarning implements BeanFactoryPostProcessor {

    private static final Logger logger = LoggerFactory.getLogger(EarlyUsersWarning.class);

    private final RunAt runAt;
    private final Environment environment;

    public EarlyUsersWarning(RunAt runAt, Environment environment) {
        this.runAt = runAt;
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        List<EarlyUser> early = new ArrayList<>();
        for (EarlyUser user : EarlyUser.values()) {
            if (user.fits.compareTo(runAt) > 0 && user.isThere(beans, environment)) {
                early.add(user);
            }
        }
        if (!early.isEmpty()) {
            logger.warn("{}", describe(early));
        }
    }

    private String describe(List<EarlyUser> early) {
        List<String> lines = new ArrayList<>();
        lines.add("These touch the schema before it is migrated, because migrator.run-at is " + word(runAt) + ":");
        for (EarlyUser user : early) {
            lines.add("  - " + user.words + ": needs migrator.run-at=" + word(user.fits));
        }
        RunAt best = early.stream().map(user -> user.fits).max(RunAt::compareTo).orElse(runAt);
        lines.add("migrator.run-at=" + word(best) + " is early enough for "
                + (early.size() == 1 ? "it." : "all of them."));
        return String.join(System.lineSeparator(), lines);
    }

    private static String word(RunAt runAt) {
        return runAt.name().toLowerCase(Locale.ROOT);
    }
}
