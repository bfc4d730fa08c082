/**
 * Finds, plans, locks, runs and records PostgreSQL migrations. Only what a user must touch is exported.
 */
module dev.migrator {
    requires transitive java.sql;
    requires transitive org.jspecify;
    requires org.slf4j;
    // provided: COPY, error positions, backend ids; confined to dev.migrator.postgres
    requires static org.postgresql.jdbc;

    exports dev.migrator;
    exports dev.migrator.migration;
    exports dev.migrator.plan;
    exports dev.migrator.run;
}
