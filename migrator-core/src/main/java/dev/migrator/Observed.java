package dev.migrator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a migration while it ran, kept in the history where it took long.
 *
 * @param attempts how often it was tried in all; 1 where the first attempt succeeded
 * @param waits whom its last attempts waited for; empty for nobody
 * @param statements those that were seen to take a second or longer, in order; of what takes less than some 1.5 s not all is seen
 */
public record Observed(int attempts, List<Wait> waits, List<StatementTime> statements) {

    /**
     * Somebody who kept it waiting.
     *
     * @param whom as {@code pid 4711 (psql, idle in transaction for 3 min)}
     * @param ms how long it was seen to wait for them, in milliseconds
     */
    public record Wait(String whom, long ms) {}

    /**
     * How long a statement took.
     *
     * @param statement its number, from 1
     * @param line its first line in the script, or null where that is not known
     * @param ms in milliseconds
     */
    public record StatementTime(int statement, @Nullable Integer line, long ms) {}
}
