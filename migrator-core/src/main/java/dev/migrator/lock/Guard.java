package dev.migrator.lock;

import dev.migrator.postgres.ServerError;
import java.sql.SQLException;

/**
 * A statement that fails, by a division by zero, if something is not as it has to be.
 *
 * @param meaning what is wrong then
 * @param passing whether that passes by itself, so that the transaction is to be tried again
 */
public record Guard(String meaning, String statement, boolean passing) {

    /** Its failure, with the SQLSTATE of a lock that was not to be had where that passes. */
    public SQLException failure(SQLException cause) {
        return new SQLException(meaning, passing ? ServerError.LOCK_NOT_AVAILABLE : null, cause);
    }

    public static Guard of(String meaning, String statement) {
        return new Guard(meaning, statement, false);
    }
}
