package dev.migrator.run;

import dev.migrator.sql.Directives;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time limits of a segment's statements. */
record TimeLimits(Duration lockTimeout, @Nullable Duration statementTimeout) {

    static TimeLimits of(RunOptions options, @Nullable Directives directives) {
        Duration lock = directives == null ? null : directives.lockTimeout();
        Duration statement = directives == null ? null : directives.statementTimeout();
        return new TimeLimits(
                lock == null ? options.lockTimeout() : lock,
                statement == null ? options.statementTimeout() : statement);
    }

    List<String> local() {
        return set("SET LOCAL ");
    }

    List<String> session() {
        return set("SET SESSION ");
    }

    private List<String> set(String set) {
        String lock = set + "lock_timeout = " + lockTimeout.toMillis();
        return statementTimeout == null
                ? List.of(lock)
                : List.of(lock, set + "statement_timeout = " + statementTimeout.toMillis());
    }
}
