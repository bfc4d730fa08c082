package dev.migrator.spring.diagnostics;

import dev.migrator.plan.Problem;
import dev.migrator.run.MigratorException;
import dev.migrator.run.ValidationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** What, where and why, then the state that the database is in; the action is the next step to take. */
final class MigratorFailureAnalyzer extends AbstractFailureAnalyzer<MigratorException> {

    /** A baseline would be the wrong answer to these tables: it would skip the first migrations. */
    private static final String MADE_AT_START =
            "\n\nIf the database was empty, and this application itself made the tables as it started (spring.sql.init,"
                    + " Hibernate, or initialize-schema of Spring Session, Batch, Quartz or Integration), a baseline would"
                    + " skip what is missing: drop these tables, and set migrator.run-at=initialization, which migrates"
                    + " before they are made.";

    private final @Nullable Environment environment;

    /** Boot gives what it has, and null where it failed before there was an environment. */
    MigratorFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigratorException cause) {
        String description = cause.description() + "\n\nThe database: " + cause.databaseState();
        String action = areTablesInTheWay(cause) && !isFirst() ? cause.action() + MADE_AT_START : cause.action();
        return new FailureAnalysis(description, action, cause);
    }

    private static boolean areTablesInTheWay(MigratorException cause) {
        return cause instanceof ValidationFailedException refused
                && refused.problems().stream().anyMatch(problem -> problem.kind() == Problem.Kind.NOT_EMPTY);
    }

    /** Whether Migrator is the first to use the database. */
    private boolean isFirst() {
        return environment != null && "initialization".equalsIgnoreCase(environment.getProperty("migrator.run-at"));
    }
}
