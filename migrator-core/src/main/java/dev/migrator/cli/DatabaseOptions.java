package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, as whom, and where its history is. */
final class DatabaseOptions {

    @Option(names = "--url", paramLabel = "<url>", description = "jdbc:postgresql://host:port/database")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "<role>", description = "the database role")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "<password>",
            arity = "0..1",
            fallbackValue = "",
            description = "its password; asked for on a terminal if no value is given")
    private @Nullable String password;

    @Option(
            names = "--schema",
            paramLabel = "<name>",
            description = "the schema of the history and the first in the scripts' search path, created if it is"
                    + " missing; otherwise the connection's current schema")
    private @Nullable String schema;

    @Option(
            names = "--table",
            paramLabel = "<name>",
            description = "the history table's name; otherwise schema_migrations")
    private @Nullable String table;

    /** Begins to describe a migrator for this database. */
    MigratorBuilder migrator(Shell shell) {
        UrlDataSource dataSource = new Login(shell, url, user, password).dataSource();
        MigratorBuilder builder = Migrator.builder(dataSource)
                .password(dataSource.password())
                .application("migrator-cli")
                .schema(schema);
        if (table != null) {
            builder.table(table);
        }
        return builder;
    }
}
