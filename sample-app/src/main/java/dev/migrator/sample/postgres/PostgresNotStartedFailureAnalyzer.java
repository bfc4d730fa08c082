package dev.migrator.sample.postgres;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the inner PostgreSQL in place of a stack trace. */
final class PostgresNotStartedFailureAnalyzer extends AbstractFailureAnalyzer<PostgresNotStartedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PostgresNotStartedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
