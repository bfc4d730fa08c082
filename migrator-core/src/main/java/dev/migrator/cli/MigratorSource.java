package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.run.MigratorException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's migrators come from: its own options describe one, or the application has them. */
interface MigratorSource {

    /** Gives the command the options by which a person says which migrator is meant. */
    void addOptionsTo(CommandSpec command);

    /**
     * Those that are meant, by their names and in their order; asked for once, when the command runs.
     *
     * @throws MigratorException if there is none, or none can be made
     */
    Map<String, Migrator> migrators();
}
