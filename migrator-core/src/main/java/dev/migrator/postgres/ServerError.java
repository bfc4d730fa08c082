package dev.migrator.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said of an error.
 *
 * @param sqlState null where the driver gave none
 * @param position where in the statement's text, in characters from 1; 0 where the server did not say, or where the text is
 *     not the statement's own (see {@code context})
 * @param context where in functions and DO blocks it happened, or null
 */
public record ServerError(
        @Nullable String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        int position,
        @Nullable String context,
        @Nullable String constraint) {

    /** SQLSTATE lock_not_available: a time limit on a lock. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** SQLSTATE division_by_zero. */
    private static final String DIVISION_BY_ZERO = "22012";

    /** SQLSTATE deadlock_detected. */
    public static final String DEADLOCK_DETECTED = "40P01";

    /** SQLSTATE serialization_failure. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** SQLSTATE insufficient_privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** SQLSTATE read_only_sql_transaction. */
    public static final String READ_ONLY = "25006";

    /** Reads an exception of any JDBC driver; the more the better if it is pgjdbc's. */
    public static ServerError of(SQLException exception) {
        ServerErrorMessage said = exception instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (said == null) {
            return new ServerError(
                    exception.getSQLState(), String.valueOf(exception.getMessage()), null, null, 0, null, null);
        }
        String message = said.getMessage();
        return new ServerError(
                said.getSQLState(),
                message == null ? String.valueOf(exception.getMessage()) : message,
                said.getDetail(),
                said.getHint(),
                said.getPosition(),
                said.getWhere(),
                said.getConstraint());
    }

    /** Whether one of our own guards has failed, which divide by a count: the error's text says nothing of use. */
    public boolean isGuard() {
        return DIVISION_BY_ZERO.equals(sqlState);
    }

    /** Whether the same transaction may succeed if it is tried again. */
    public boolean isTransient() {
        return LOCK_NOT_AVAILABLE.equals(sqlState)
                || DEADLOCK_DETECTED.equals(sqlState)
                || SERIALIZATION_FAILURE.equals(sqlState);
    }

    /**
     * Whether the session is lost with it: class 08 (connection exception), 57P01 to 57P05 and 25P03, 25P04 (the server ends
     * the session: a shutdown, {@code idle_in_transaction_session_timeout}, {@code transaction_timeout}).
     */
    public boolean isConnectionLost() {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("57P")
                        || sqlState.equals("25P03")
                        || sqlState.equals("25P04"));
    }
}
