package dev.migrator.cli;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The one migrator that the options of a command describe. */
final class DescribedMigrator implements MigratorSource {

    private final Shell shell;
    private final DatabaseOptions database = new DatabaseOptions();
    private final List<BuilderOptions> more;

    /**
     * Begins with nothing said.
     *
     * @param more the groups of options that the command has besides those of the database
     */
    DescribedMigrator(Shell shell, List<BuilderOptions> more) {
        this.shell = shell;
        this.more = more;
    }

    @Override
    public void addOptionsTo(CommandSpec command) {
        add(command, database);
        more.forEach(group -> add(command, group));
    }

    private static void add(CommandSpec command, Object group) {
        command.addMixin(group.getClass().getSimpleName(), CommandSpec.forAnnotatedObject(group));
    }

    @Override
    public Map<String, Migrator> migrators() {
        MigratorBuilder builder = database.migrator(shell);
        more.forEach(group -> group.applyTo(builder));
        return Map.of("migrator", builder.build());
    }
}
