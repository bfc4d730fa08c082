package dev.migrator.sql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a script says about its own execution, in comments at its head: {@code -- migrator: transaction=none, lock-timeout=2s}.
 *
 * @param transaction false if the script asks for {@code transaction=none}: what it does not put between BEGIN and COMMIT itself
 *     runs statement by statement
 * @param lockTimeout how long a lock request may wait; zero for no limit, null where the script says nothing
 * @param statementTimeout how long a statement may run; zero for no limit, null where the script says nothing
 * @param placeholders whether placeholders are replaced; null where the script says nothing
 */
public record Directives(
        boolean transaction,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Boolean placeholders) {

    /** The directives of a script that says nothing. */
    public static final Directives NONE = new Directives(true, null, null, null);
}
