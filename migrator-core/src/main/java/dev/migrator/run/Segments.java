package dev.migrator.run;

import dev.migrator.sql.Mode;
import dev.migrator.sql.Segment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a script that are still to run; one that the server refuses as a transaction is cut. */
final class Segments {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final Deque<Segment> left;
    private final String script;
    private final Failures failures;
    private final boolean ownSession;

    /**
     * Of one script.
     *
     * @param ownSession whether statements can run outside of transactions
     */
    Segments(List<Segment> segments, String script, Failures failures, boolean ownSession) {
        this.left = new ArrayDeque<>(segments);
        this.script = script;
        this.failures = failures;
        this.ownSession = ownSession;
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    Segment first() {
        return left.getFirst();
    }

    void removeFirst() {
        left.removeFirst();
    }

    /**
     * Puts the parts of the first segment in its place, or throws the failure if cutting it does not help, or if it is of a
     * callback that ran with the script.
     */
    void cutFirst(StepFailure e) throws StepFailure {
        Segment refused = left.peekFirst();
        String callback = e.failure().callback();
        boolean another = callback != null && !callback.equals(script);
        List<Segment> parts = refused == null || another ? null : Refusal.cut(refused, e.failure());
        if (parts == null) {
            throw e;
        }
        if (!ownSession && parts.stream().anyMatch(part -> part.mode() == Mode.NONE)) {
            throw failures.needsOwnSession(e);
        }
        LOG.info(
                "{} is cut before statement {}, which the server refuses in this transaction ({})",
                script,
                e.failure().statement(),
                e.failure().message());
        left.removeFirst();
        for (int i = parts.size() - 1; i >= 0; i--) {
            left.addFirst(parts.get(i));
        }
    }
}
