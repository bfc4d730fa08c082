package dev.migrator.run;

import dev.migrator.history.HistoryEntry;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.migration.Schema;
import dev.migrator.plan.Step;
import dev.migrator.postgres.Catalog;
import dev.migrator.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs one Java migration, or takes it back, in a transaction with its history row or, if it wants none, on its own. */
final class JavaStep {

    private final Work work;
    private final JavaMigration migration;
    private final boolean takesBack;
    private final HistoryEntry entry;
    private final Failures failures;
    private final TimeLimits limits;
    private final EachCallbacks callbacks;

    JavaStep(Work work, Step step, JavaMigration migration, Callbacks callbacks) {
        this.work = work;
        this.migration = migration;
        this.takesBack = step.takesBack();
        this.entry = work.entry(step, 0);
        this.failures = new Failures(step, 0);
        this.limits = TimeLimits.of(work.options(), null);
        this.callbacks = new EachCallbacks(work, callbacks, failures, limits);
    }

    HistoryEntry entry() {
        return entry;
    }

    void run() throws StepFailure {
        work.progress().begins(migration.transactional() ? limits.lockTimeout() : Duration.ZERO);
        if (migration.transactional()) {
            runInTransaction();
        } else {
            runAlone();
        }
    }

    /** JDBC is told that there is a transaction, so that savepoints work; it begins and ends by our own statements. */
    private void runInTransaction() throws StepFailure {
        Connection connection = work.session().connection();
        try {
            connection.setAutoCommit(false);
            ScriptSession session = work.scriptSession();
            List<String> preparation = new ArrayList<>(session.transaction(limits));
            preparation.add(work.sessionName(entry.script()).local());
            new TransactionSegment(work, failures, entry.script(), 0, session.fresh(), preparation)
                    .run(null, false, new Transaction());
            connection.setAutoCommit(true);
            callbacks.tell();
        } catch (SQLException e) {
            throw failures.of(e);
        } catch (StepFailure e) {
            leaveTransactionMode(connection);
            throw e;
        }
    }

    private static void leaveTransactionMode(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is lost, which the failure that is under way says better.
        }
    }

    private void runAlone() throws StepFailure {
        try {
            Outbox outbox = new Outbox(work, failures, entry.script(), 0);
            outbox.addAll(
                    "The session could not be made fresh", work.scriptSession().fresh());
            outbox.addAll(
                    "The session could not be prepared", work.scriptSession().lasting());
            outbox.add(
                    "The session could not be named",
                    work.sessionName(entry.script()).session());
            work.lock().outside().forEach(outbox::add);
            outbox.flush();
            work.record(work.history().running(entry, 0, null));
            runCallbacksBefore();
            call(false);
            callbacks.runBehind(List.of());
            work.recordRunning(entry, work.history().finished(entry));
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private void runCallbacksBefore() throws StepFailure {
        try {
            callbacks.runBefore(statement -> {});
        } catch (StepFailure e) {
            throw e.aheadOfStep();
        }
    }

    /** An error (a class that is not there, an assertion) is the migration's failure too: it is told and recorded. */
    private void call(boolean inTransaction) throws StepFailure {
        GuardedConnection guard =
                new GuardedConnection(work.session().connection(), inTransaction, work.cancellation());
        Connection guarded = guard.connection();
        work.progress().sent(new Progress.InFlight(entry.script(), List.of(), 0, System.nanoTime()));
        try {
            Context context = new Context(guarded, new CatalogSchema(new Catalog(guarded)));
            if (takesBack) {
                migration.rollback(context);
            } else {
                migration.migrate(context);
            }
        } catch (Exception | Error e) {
            throw failures.of(e);
        } finally {
            work.progress().answered();
            guard.end();
        }
    }

    /** The migration's own code between BEGIN and COMMIT. */
    private final class Transaction implements TransactionSegment.Body {

        /** A setting of the transaction: it is gone if the code has ended the transaction by a statement of its own. */
        private static final String MARK = "migrator.run";

        @Override
        public void fill(Outbox outbox) throws StepFailure {
            String run = Quoting.literal(entry.runId().toString());
            outbox.add("The transaction could not be marked", "SET LOCAL " + MARK + " = " + run);
            callbacks.before(outbox);
            outbox.flush();
            String transaction = ask("SELECT pg_catalog.pg_current_xact_id()");
            try {
                call(true);
                outbox.guard(
                        "The migration has ended its transaction by a COMMIT or ROLLBACK of its own",
                        "SELECT 1 / (CASE WHEN pg_catalog.current_setting('" + MARK + "', true) = " + run
                                + " THEN 1 ELSE 0 END)");
                outbox.flush();
            } catch (StepFailure e) {
                throw hasCommitted(transaction, e) ? e.leavingPart() : e;
            }
            callbacks.after(outbox);
        }

        /** Whether the code has sent a COMMIT, before it failed or was found out. */
        private boolean hasCommitted(String transaction, StepFailure failure) {
            work.rollback();
            work.beginToTidyUp();
            try {
                return "committed".equals(ask("SELECT pg_catalog.pg_xact_status('" + transaction + "')"));
            } catch (StepFailure e) {
                failure.addSuppressed(e);
                return false;
            }
        }

        private String ask(String question) throws StepFailure {
            try (Statement statement = work.session().connection().createStatement();
                    ResultSet row = statement.executeQuery(question)) {
                row.next();
                return String.valueOf(row.getString(1));
            } catch (SQLException e) {
                throw failures.of(e);
            }
        }

        @Override
        public void record(Outbox outbox) {
            outbox.add("The history could not be written", work.history().applied(entry));
        }
    }

    /** What the migration is given. */
    private final class Context implements MigrationContext {

        private final Connection connection;
        private final Schema schema;

        Context(Connection connection, Schema schema) {
            this.connection = connection;
            this.schema = schema;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public void progress(long done, long total) {
            work.progress().reported(new Progress.Reported(done, total));
            work.events()
                    .tell(new RunEvent.StepProgress(
                            entry.runId(), Instant.now(), entry.script(), done, total, 0, null, List.of()));
        }
    }
}
