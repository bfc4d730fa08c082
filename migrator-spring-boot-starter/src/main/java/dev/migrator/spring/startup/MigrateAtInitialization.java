package dev.migrator.spring.startup;

import org.springframework.beans.factory.InitializingBean;

/** Migrates as soon as this bean is made; {@link MigrateAtInitializationDetector} makes the DataSource's users wait for it. */
public final class MigrateAtInitialization implements InitializingBean {

    /** The name of this bean. */
    public static final String NAME = "migrateAtInitialization";

    private final StartupMigration migration;

    public MigrateAtInitialization(StartupMigration migration) {
        this.migration = migration;
    }

    @Override
    public void afterPropertiesSet() {
        migration.runDuringRefresh();
    }
}
