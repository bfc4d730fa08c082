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
 * @param placeholders where placeholders are replaced; null where the script says nothing
 * @param onlyIf in which environments it is to run; null for in all
 */
public record Directives(
        boolean transaction,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Replacing placeholders,
        @Nullable OnlyIf onlyIf) {

    /** The directives of a script that says nothing. */
    public static final Directives NONE = new Directives(true, null, null, null, null);

    /** These, and where they say nothing, the others. */
    public Directives or(Directives others) {
        if (others.equals(NONE)) {
            return this;
        }
        return new Directives(
                transaction && others.transaction,
                lockTimeout == null ? others.lockTimeout : lockTimeout,
                statementTimeout == null ? others.statementTimeout : statementTimeout,
                placeholders == null ? others.placeholders : placeholders,
                onlyIf == null ? others.onlyIf : onlyIf);
    }
}
