package dev.migrator.spring.startup;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Tells Boot that JPA, JdbcTemplate and the like come after {@link MigrateAtInitialization}. */
final class MigrateAtInitializationDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(MigrateAtInitialization.class);
    }

    @Override
    public int getOrder() {
        return 1;
    }
}
