package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive statements of a script that are executed as one unit.
 *
 * @param first the number of its first statement
 * @param last the number of its last statement
 * @param mode whether they form a transaction
 * @param begin the script's own BEGIN or START TRANSACTION, which may have options; null where the script has none, and a plain
 *     BEGIN does
 * @param rollback whether the script ends the transaction with ROLLBACK: it is executed, and has no effect
 */
public record Segment(
        int first, int last, Mode mode, @Nullable String begin, boolean rollback) {}
