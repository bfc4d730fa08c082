package dev.migrator.spring.command;

import dev.migrator.cli.ApplicationCommands;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes a start with the argument {@code migrations} a command, and ends the process; any other start it leaves alone. It is the
 * first thing of ours that an application meets, and so touches no class of the commands before it knows.
 */
final class CommandRunListener implements SpringApplicationRunListener, Ordered {

    private final @Nullable CommandArguments arguments;
    private final ClassLoader classLoader;

    /** Called by Boot, before anything else of the application's start. */
    CommandRunListener(SpringApplication application, String[] arguments) {
        this.classLoader = application.getClassLoader();
        if (CommandArguments.are(arguments)) {
            this.arguments = CommandArguments.of(arguments);
            prepare(application);
        } else {
            this.arguments = null;
        }
    }

    private static void prepare(SpringApplication application) {
        // standard output has the answer only; the commands write to it directly
        System.setOut(System.err);
        System.setProperty("spring.devtools.restart.enabled", "false");
        application.setWebApplicationType(WebApplicationType.NONE);
        // the command's own options are no properties
        application.setAddCommandLineProperties(false);
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        if (arguments != null) {
            CommandProperties.addTo(environment, arguments);
        }
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        if (arguments == null) {
            return;
        }
        CommandLog log = CommandLog.of(classLoader);
        if (!arguments.verbose()) {
            log.quieten();
        }
        IdlePools.addTo(context.getBeanFactory(), classLoader);
        MigrationsCommand command = new MigrationsCommand(arguments, log, context);
        BeanDefinitionRegistry beans = (BeanDefinitionRegistry) context.getBeanFactory();
        // before any of the application's, and so the first that Spring asks
        beans.registerBeanDefinition(
                "migrationsCommand", new RootBeanDefinition(MigrationsCommand.class, () -> command));
    }

    /** The context has been taken down by now, and Boot has not reported anything yet. */
    @Override
    public void failed(@Nullable ConfigurableApplicationContext context, Throwable thrown) {
        if (arguments != null) {
            System.exit(thrown instanceof CommandEndedException ended ? ended.exitCode() : tell(context, thrown));
        }
    }

    private int tell(@Nullable ConfigurableApplicationContext context, Throwable thrown) {
        CommandArguments given = Objects.requireNonNull(arguments);
        if (given.verbose()) {
            thrown.printStackTrace();
        }
        return ApplicationCommands.run(
                () -> {
                    throw new ConfigurationFailure(thrown, context).asMigratorException();
                },
                given.command().toArray(String[]::new));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
