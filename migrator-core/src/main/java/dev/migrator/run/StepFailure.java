package dev.migrator.run;

import dev.migrator.postgres.ServerError;
import java.util.concurrent.CancellationException;

/** A segment failed: what {@link TransactionSegment} decides about, and a step turns into an exception for the user. */
final class StepFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean transientFault;
    private final boolean connectionLost;
    private boolean partStays;
    private boolean outcomeHidden;
    private boolean leftToNextStart;
    private boolean aheadOfStep;

    StepFailure(Failure failure, ServerError error, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.transientFault = error.isTransient();
        this.connectionLost = error.isConnectionLost();
    }

    StepFailure(Failure failure, Throwable cause) {
        this(failure, false, cause);
    }

    StepFailure(Failure failure, boolean transientFault, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.transientFault = transientFault;
        this.connectionLost = false;
    }

    /** Says that the statement may have committed a part of its work before it failed. */
    StepFailure leavingPart() {
        partStays = true;
        return this;
    }

    /** Whether the statement may have committed a part of its work before it failed. */
    boolean partStays() {
        return partStays;
    }

    /** Says that nobody knows whether the statement, which is outside of a transaction, was done, or how far. */
    StepFailure hidingOutcome() {
        outcomeHidden = true;
        return this;
    }

    /** The same of a statement that this run has sent: the next start looks, before it stops. */
    StepFailure leavingOutcomeToNextStart() {
        outcomeHidden = true;
        leftToNextStart = true;
        return this;
    }

    /** Whether nobody has looked yet what became of the statement whose outcome is hidden. */
    boolean isLeftToNextStart() {
        return leftToNextStart;
    }

    /** Whether nobody knows if the statement, which is outside of a transaction, was done, or how far. */
    boolean isOutcomeHidden() {
        return outcomeHidden;
    }

    /** Whether it did not run to its end because somebody, or a time limit, has cancelled it. */
    boolean isCancelled() {
        return getCause() instanceof CancellationException || ServerError.QUERY_CANCELED.equals(failure.sqlState());
    }

    /** Says that nothing of the migration itself had begun in this run. */
    StepFailure aheadOfStep() {
        aheadOfStep = true;
        return this;
    }

    /** Whether nothing of the migration itself had begun in this run. */
    boolean isAheadOfStep() {
        return aheadOfStep;
    }

    /** Whether it was a callback that failed, and no statement of the migration's. */
    boolean isOfCallback() {
        return failure.callback() != null;
    }

    Failure failure() {
        return failure;
    }

    /** Whether the same transaction may succeed if it is tried again. */
    boolean isTransient() {
        return transientFault;
    }

    /** Whether it is the server that is in want: class 53, as with a full disk, too little memory, too few connections. */
    boolean lacksResources() {
        String state = failure.sqlState();
        return state != null && state.startsWith("53");
    }

    /** Whether the session is lost, so that what became of a COMMIT is in doubt. */
    boolean isConnectionLost() {
        return connectionLost;
    }
}
