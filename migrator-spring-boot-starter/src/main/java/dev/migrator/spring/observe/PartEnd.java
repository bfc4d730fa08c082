package dev.migrator.spring.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a part has ended.
 *
 * @param kind of a step: {@code versioned}, {@code repeatable}, {@code java} or {@code rollback}; else null
 * @param error why it failed; null where it did not, or was cancelled
 * @param attempts how often a step was tried; 1 where the first attempt succeeded
 */
record PartEnd(
        @Nullable String kind, String outcome, @Nullable Throwable error, Duration duration, int attempts) {

    static final String NO_ERROR = "none";

    /** The error's class, as Micrometer calls it. */
    String errorName() {
        return error == null ? NO_ERROR : error.getClass().getSimpleName();
    }
}
