package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Sends statements in one go: each with its own Parse, Bind and Execute, all with one Sync, which is one round trip, and
 * {@code pg_stat_activity.query} still shows the one that runs.
 *
 * <p>It speaks to pgjdbc's {@link QueryExecutor} and not through {@code Statement.executeBatch}, for three reasons:
 * {@code executeBatch} asks for one row only, so that {@code SELECT f(x) FROM t} would call the function once; it reads each
 * text again, splitting it at semicolons by rules of its own; and it collects the server's notices without a bound.
 *
 * <p>With {@code preferQueryMode=simple} each statement is a query of its own, and the server goes on with the next one whatever
 * became of it: there they are sent one by one.
 */
public final class Pipeline {

    /** Begins a transaction of our own: a script may have set other defaults for those of its session. */
    public static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    /** The statements begin their transactions themselves, and none is worth a server-side name. */
    private static final int FLAGS = QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_ONESHOT;

    private static final int[] NO_PARAMETERS = {};

    private final QueryExecutor executor;
    private final Consumer<String> notices;

    /**
     * Opens a pipeline on a connection, which must be in autocommit mode: the transactions are those that the statements
     * begin and end.
     *
     * @param notices is told each notice of the server, as it comes
     * @throws SQLException if the connection is not pgjdbc's, and wraps none
     */
    public Pipeline(Connection connection, Consumer<String> notices) throws SQLException {
        this.executor = connection.unwrap(PgConnection.class).getQueryExecutor();
        this.notices = notices;
    }

    /**
     * Executes the statements in order and stops at the first that fails.
     *
     * @return the command tags, as {@code CREATE TABLE} or {@code COMMIT}; {@code SELECT} for what gave rows
     * @throws StatementFailure which statement failed, and why
     */
    public List<String> send(List<String> statements) throws StatementFailure {
        Answers answers = new Answers(statements.size());
        boolean oneByOne = executor.getPreferQueryMode() == PreferQueryMode.SIMPLE;
        try {
            if (oneByOne) {
                for (String statement : statements) {
                    execute(List.of(statement), answers);
                }
            } else {
                execute(statements, answers);
            }
        } catch (SQLException e) {
            throw new StatementFailure(
                    answers.failed, oneByOne || !brokeOff(e) ? answers.failed : statements.size() - 1, e);
        }
        return answers.tags;
    }

    /** Whether the line went dead: the server keeps its answers back for a while, so that some may be lost with it. */
    private static boolean brokeOff(SQLException error) {
        boolean said = error instanceof PSQLException postgres && postgres.getServerErrorMessage() != null;
        return !said && ServerError.of(error).isConnectionLost();
    }

    private void execute(List<String> statements, Answers answers) throws SQLException {
        List<NativeQuery> queries = new ArrayList<>(statements.size());
        for (String statement : statements) {
            queries.add(new NativeQuery(statement, NO_PARAMETERS, false, SqlCommand.BLANK));
        }
        AutoSave own = executor.getAutoSave();
        // no savepoint of the driver's: some statements may stand in no subtransaction
        executor.setAutoSave(AutoSave.NEVER);
        try {
            executor.execute(executor.wrap(queries), null, answers, 0, 0, FLAGS);
        } finally {
            executor.setAutoSave(own);
        }
    }

    /** Ends an open or failed transaction; a connection that is lost has ended it already. */
    public void rollback() {
        if (!inTransaction()) {
            return;
        }
        try {
            send(List.of("ROLLBACK"));
        } catch (StatementFailure e) {
            // The server ends the transaction with the session.
        }
    }

    /** Whether a transaction is open, or has failed and is not ended yet. */
    public boolean inTransaction() {
        return executor.getTransactionState() != TransactionState.IDLE;
    }

    /** Counts the answers: the first statement without one, when there is an error, is the one that failed. */
    private final class Answers extends ResultHandlerBase {

        private final List<String> tags;
        private int failed;

        Answers(int expected) {
            tags = new ArrayList<>(expected);
        }

        @Override
        public void handleResultRows(
                Query query, Field @Nullable [] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            tags.add("SELECT");
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            tags.add(status);
        }

        @Override
        public void handleError(SQLException error) {
            if (isOutputOfCopy(error)) {
                return;
            }
            if (getException() == null) {
                failed = tags.size();
            }
            super.handleError(error);
        }

        /**
         * COPY … TO STDOUT: the driver passes over the data, which are as little wanted here as any rows, and complains, while
         * the server has no error and goes on to the COMMIT.
         */
        private boolean isOutputOfCopy(SQLException error) {
            return PSQLState.NOT_IMPLEMENTED.getState().equals(error.getSQLState())
                    && error instanceof PSQLException postgres
                    && postgres.getServerErrorMessage() == null;
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            notices.accept(String.valueOf(warning.getMessage()));
        }
    }

    /** A statement of a pipeline failed; those before it were executed, those behind it were not. */
    public static final class StatementFailure extends Exception {

        private static final long serialVersionUID = 1L;

        private final int index;
        private final int last;
        private final SQLException sqlException;

        StatementFailure(int index, int last, SQLException cause) {
            super(cause);
            this.index = index;
            this.last = last;
            this.sqlException = cause;
        }

        /** The failed statement's index in the list that was sent, from 0. */
        public int index() {
            return index;
        }

        /** Where the connection broke off, it may as well have been any behind that one, up to this; else the same. */
        public int last() {
            return last;
        }

        /** What the driver threw. */
        public SQLException sqlException() {
            return sqlException;
        }
    }
}
