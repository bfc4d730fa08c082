package dev.migrator.spring.startup;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;

/**
 * Tells Boot that JPA, JdbcTemplate and the like come after {@link MigrateAtInitialization}. Boot asks at every start: the bean
 * is looked for by its name, which does not look at all the others.
 */
final class MigrateAtInitializationDetector implements DatabaseInitializerDetector {

    @Override
    public Set<String> detect(ConfigurableListableBeanFactory beans) {
        return beans.containsBeanDefinition(MigrateAtInitialization.NAME)
                ? Set.of(MigrateAtInitialization.NAME)
                : Set.of();
    }

    @Override
    public int getOrder() {
        return 1;
    }
}
