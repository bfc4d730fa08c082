package dev.migrator.spring.diagnostics;

import dev.migrator.run.MigratorException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What, where and why, then the state that the database is in; the action is the next step to take. */
final class MigratorFailureAnalyzer extends AbstractFailureAnalyzer<MigratorException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigratorException cause) {
        String description = cause.description() + "\n\nThe database: " + cause.databaseState();
        return new FailureAnalysis(description, cause.action(), cause);
    }
}
