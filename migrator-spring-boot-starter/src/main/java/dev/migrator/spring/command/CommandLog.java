package dev.migrator.spring.command;

import dev.migrator.cli.ApplicationCommands;
import java.util.Locale;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggerConfiguration.ConfigurationScope;
import org.springframework.boot.logging.LoggingSystem;

/** The application's log while a command runs: warnings, unless more is asked for, and not what the command says itself. */
record CommandLog(LoggingSystem logging) {

    /** The pool reports with a stack trace what the command says in words. */
    private static final String POOL = "com.zaxxer.hikari";

    static CommandLog of(ClassLoader classLoader) {
        return new CommandLog(LoggingSystem.get(classLoader));
    }

    void quieten() {
        for (LoggerConfiguration logger : logging.getLoggerConfigurations()) {
            LoggerConfiguration.LevelConfiguration level = logger.getLevelConfiguration(ConfigurationScope.DIRECT);
            if (level != null && !level.isCustom() && level.getLevel().compareTo(LogLevel.WARN) < 0) {
                logging.setLogLevel(logger.getName(), LogLevel.WARN);
            }
        }
        ApplicationCommands.logLevels()
                .forEach((name, level) -> logging.setLogLevel(name, LogLevel.valueOf(level.toUpperCase(Locale.ROOT))));
        logging.setLogLevel(POOL, LogLevel.OFF);
    }

    /** It would warn of the refresh that is given up, which is what it is for. */
    void silence(Class<?> context) {
        logging.setLogLevel(context.getName(), LogLevel.OFF);
    }
}
