package dev.migrator.postgres;

import dev.migrator.sql.DoBlock;
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
 * @param innerQuery the statement in a function or DO block that failed, or null
 */
public record ServerError(
        @Nullable String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        int position,
        @Nullable String context,
        @Nullable String constraint,
        @Nullable String innerQuery) {

    /** How PL/pgSQL's context line for a DO block begins; behind it stands the line. */
    private static final String IN_DO_BLOCK = "inline_code_block line ";

    /** In the context line of a COPY; behind it stands the line of its data. */
    private static final String IN_COPY = ", line ";

    /** For what did not come from the server. */
    public static final ServerError NONE = new ServerError(null, "", null, null, 0, null, null, null);

    /** SQLSTATE lock_not_available: a time limit on a lock. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** SQLSTATE division_by_zero. */
    private static final String DIVISION_BY_ZERO = "22012";

    /** SQLSTATE deadlock_detected. */
    public static final String DEADLOCK_DETECTED = "40P01";

    /** SQLSTATE serialization_failure. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** SQLSTATE query_canceled. */
    public static final String QUERY_CANCELED = "57014";

    /** SQLSTATE insufficient_privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** SQLSTATE read_only_sql_transaction. */
    public static final String READ_ONLY = "25006";

    /** Reads an exception of any JDBC driver; the more the better if it is pgjdbc's. */
    public static ServerError of(SQLException exception) {
        ServerErrorMessage said = exception instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (said == null) {
            return new ServerError(
                    exception.getSQLState(), String.valueOf(exception.getMessage()), null, null, 0, null, null, null);
        }
        String message = said.getMessage();
        return new ServerError(
                said.getSQLState(),
                message == null ? String.valueOf(exception.getMessage()) : message,
                said.getDetail(),
                said.getHint(),
                said.getPosition(),
                said.getWhere(),
                said.getConstraint(),
                said.getInternalQuery());
    }

    /** Where in that statement it happened, in characters from 1: as the server says, or else as the line in its DO block. */
    public int positionIn(String statement) {
        String where = context;
        if (position > 0 || where == null) {
            return position;
        }
        int at = where.lastIndexOf(IN_DO_BLOCK);
        int line = at < 0 ? 0 : number(where, at + IN_DO_BLOCK.length());
        return line == 0 ? 0 : DoBlock.positionOf(statement, line);
    }

    /** Which line of a COPY's data is wrong, from 1; 0 where the server did not say. */
    public int copyLine() {
        String where = context;
        int at = where == null || !where.startsWith("COPY ") ? -1 : where.indexOf(IN_COPY);
        return where == null || at < 0 ? 0 : number(where, at + IN_COPY.length());
    }

    private static int number(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end)) && end - from < 9) {
            end++;
        }
        return end == from ? 0 : Integer.parseInt(text.substring(from, end));
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

    /** Whether somebody, or a time limit, has cancelled the statement. */
    public boolean isCancelled() {
        return QUERY_CANCELED.equals(sqlState);
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
