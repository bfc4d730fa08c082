/**
 * Finds, plans, locks, runs and records PostgreSQL migrations. Only what a user must touch is exported.
 */
module dev.migrator {
    requires transitive java.sql;
    requires transitive org.jspecify;
    requires org.slf4j;
    // optional: COPY, error positions, backend ids; confined to dev.migrator.postgres
    requires static org.postgresql.jdbc;
    // optional: in the command's own jar; confined to dev.migrator.cli
    requires static info.picocli;
    requires static me.tongfei.progressbar;

    exports dev.migrator;
    exports dev.migrator.backup;
    // for the starter, which runs the commands on the application's own migrators
    exports dev.migrator.cli;
    exports dev.migrator.create;
    exports dev.migrator.migration;
    // for the starter, whose endpoint shows it
    exports dev.migrator.page;
    exports dev.migrator.plan;
    exports dev.migrator.run;
}
