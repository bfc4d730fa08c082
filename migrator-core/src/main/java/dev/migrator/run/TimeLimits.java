package dev.migrator.run;

import dev.migrator.sql.Directives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time limits that a script begins with. What it sets itself counts from then on, as in psql: a transaction that is a
 * script's first and only one is limited by itself, and where a script leads through several, its session is.
 */
record TimeLimits(Duration lockTimeout, @Nullable Duration statementTimeout) {

    /** Of what is tried once, and on which nothing depends: it waits for nobody for long. */
    static final String BRIEF = "SET LOCAL lock_timeout = '200ms'";

    private static final List<String> NAMES = List.of("lock_timeout", "statement_timeout");

    static TimeLimits of(RunOptions options, @Nullable Directives directives) {
        Duration lock = directives == null ? null : directives.lockTimeout();
        Duration statement = directives == null ? null : directives.statementTimeout();
        return new TimeLimits(
                lock == null ? options.lockTimeout() : lock,
                statement == null ? options.statementTimeout() : statement);
    }

    /** Those of the history's own statements: a script's limit of its own may be meant for a lock that is hard to get. */
    static TimeLimits ofHistory(RunOptions options) {
        return new TimeLimits(options.lockTimeout(), Duration.ZERO);
    }

    List<String> local() {
        return set("SET LOCAL ");
    }

    List<String> session() {
        return set("SET SESSION ");
    }

    /** Sets the session's limits aside, for a statement that none may end. */
    static List<String> lift() {
        List<String> statements = new ArrayList<>();
        for (String limit : NAMES) {
            statements.add("SELECT pg_catalog.set_config('migrator." + limit + "', pg_catalog.current_setting('" + limit
                    + "'), false)");
            statements.add("SET SESSION " + limit + " = 0");
        }
        return statements;
    }

    /** Takes them up again, unless that statement (DISCARD ALL) has reset all that was set. */
    static List<String> restore() {
        return NAMES.stream()
                .map(limit -> "SELECT pg_catalog.set_config('" + limit + "', aside, false)"
                        + " FROM pg_catalog.current_setting('migrator." + limit + "', true) AS aside WHERE aside <> ''")
                .toList();
    }

    private List<String> set(String set) {
        String lock = set + "lock_timeout = " + lockTimeout.toMillis();
        return statementTimeout == null
                ? List.of(lock)
                : List.of(lock, set + "statement_timeout = " + statementTimeout.toMillis());
    }
}
