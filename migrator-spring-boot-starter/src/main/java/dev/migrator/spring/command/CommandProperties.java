package dev.migrator.spring.command;

import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** What an application is told when it is there for a command only; it goes before all else that it is told. */
public final class CommandProperties {

    private static final String NAME = "migrationsCommand";

    private CommandProperties() {}

    /** Whether an application with this environment is there for a command. */
    public static boolean areIn(Environment environment) {
        return environment instanceof ConfigurableEnvironment configurable
                && configurable.getPropertySources().contains(NAME);
    }

    static void addTo(ConfigurableEnvironment environment, CommandArguments arguments) {
        MutablePropertySources sources = environment.getPropertySources();
        if (!arguments.properties().isEmpty()) {
            sources.addFirst(
                    new SimpleCommandLinePropertySource(arguments.properties().toArray(String[]::new)));
        }
        sources.addFirst(new MapPropertySource(NAME, values(arguments)));
    }

    private static Map<String, Object> values(CommandArguments arguments) {
        Map<String, Object> values = new HashMap<>();
        values.put("spring.main.web-application-type", "none");
        values.put("spring.main.banner-mode", "off");
        values.put("spring.main.log-startup-info", "false");
        values.put("spring.main.keep-alive", "false");
        values.put("spring.jmx.enabled", "false");
        // it was asked for: what is said of the usual start does not count
        values.put("migrator.enabled", "true");
        if (!arguments.verbose()) {
            values.put("logging.level.root", "warn");
        }
        return values;
    }
}
