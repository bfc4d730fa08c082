package dev.migrator.spring.command;

import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigratorException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Why an application could not be prepared for a command, said as the commands say it: our own failures are themselves, the
 * others are what Boot's failure analysis makes of them.
 *
 * @param context as far as it came, or null if there is none yet
 */
record ConfigurationFailure(Throwable thrown, @Nullable ConfigurableApplicationContext context) {

    /** Causes may lead round in a circle. */
    private static final int MAX_DEPTH = 50;

    MigratorException asMigratorException() {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof MigratorException known) {
                return known;
            }
            cause = cause.getCause();
        }
        FailureAnalysis analysis = analysis();
        return analysis == null
                ? failure("The application cannot be prepared: " + rootMessage(), null)
                : failure(analysis.getDescription(), analysis.getAction());
    }

    private String rootMessage() {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        return root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    }

    private ConfigurationException failure(String description, @Nullable String action) {
        return new ConfigurationException(
                description.strip(),
                "it was not looked at.",
                action == null ? "Correct the configuration; --verbose shows the whole log." : action.strip(),
                thrown);
    }

    private @Nullable FailureAnalysis analysis() {
        for (FailureAnalyzer analyzer : analyzers()) {
            try {
                FailureAnalysis analysis = analyzer.analyze(thrown);
                if (analysis != null) {
                    return analysis;
                }
            } catch (RuntimeException | LinkageError ex) {
                // one that cannot cope with a context that is half there is not missed
                continue;
            }
        }
        return null;
    }

    private List<FailureAnalyzer> analyzers() {
        ArgumentResolver resolver = null;
        if (context != null) {
            resolver = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
                    .and(Environment.class, context.getEnvironment());
        }
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, resolver, (type, name, failure) -> {});
    }
}
