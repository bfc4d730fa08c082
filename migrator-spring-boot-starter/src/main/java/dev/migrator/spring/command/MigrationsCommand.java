package dev.migrator.spring.command;

import dev.migrator.Migrator;
import dev.migrator.cli.ApplicationCommands;
import dev.migrator.run.ConfigurationException;
import dev.migrator.spring.startup.ContextMigrators;
import java.util.Map;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the command when beans can be made and none has been made: before JPA's, which Spring makes earliest, and before all
 * that starts with the context.
 */
final class MigrationsCommand implements BeanFactoryInitializer<ConfigurableListableBeanFactory> {

    private final CommandArguments arguments;
    private final CommandLog log;
    private final ConfigurableApplicationContext context;

    MigrationsCommand(CommandArguments arguments, CommandLog log, ConfigurableApplicationContext context) {
        this.arguments = arguments;
        this.log = log;
        this.context = context;
    }

    @Override
    public void initialize(ConfigurableListableBeanFactory beans) {
        int exitCode = ApplicationCommands.run(
                () -> migrators(beans), arguments.command().toArray(String[]::new));
        log.silence(context.getClass());
        throw new CommandEndedException(exitCode);
    }

    private Map<String, Migrator> migrators(ConfigurableListableBeanFactory beans) {
        Map<String, Migrator> migrators;
        try {
            migrators = new ContextMigrators(beans).byName();
        } catch (BeansException ex) {
            throw new ConfigurationFailure(ex, context).asMigratorException();
        }
        if (migrators.isEmpty()) {
            throw new ConfigurationException(
                    "The application has no database that could be migrated: it has no DataSource, no migrator.url and no"
                            + " Migrator bean.",
                    "none was looked at.",
                    "Set spring.datasource.url, or give the profile that has it, as"
                            + " --spring.profiles.active=production.",
                    null);
        }
        return migrators;
    }
}
