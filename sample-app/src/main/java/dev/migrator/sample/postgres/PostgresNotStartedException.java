package dev.migrator.sample.postgres;

import org.jspecify.annotations.Nullable;

/** Why there is no PostgreSQL inside, and what to do about it. */
final class PostgresNotStartedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    PostgresNotStartedException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
