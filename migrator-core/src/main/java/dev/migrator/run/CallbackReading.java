package dev.migrator.run;

import dev.migrator.migration.Callback;
import dev.migrator.migration.Migration;
import dev.migrator.plan.Problem;
import dev.migrator.sql.Directives;
import dev.migrator.sql.Mode;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.ScriptScanner;
import dev.migrator.sql.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all callbacks for the first time, before anything runs, so that all that is wrong is said at once. */
final class CallbackReading {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackReading.class);

    private final Placeholders placeholders;
    private final Conditions conditions;
    private final List<PendingCallback> callbacks = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private CallbackReading(Placeholders placeholders, Conditions conditions) {
        this.placeholders = placeholders;
        this.conditions = conditions;
    }

    /** Reads them; see {@link FirstReading#of}. */
    static CallbackReading of(List<Callback> callbacks, Placeholders placeholders, Set<String> environments) {
        CallbackReading reading = new CallbackReading(placeholders, new Conditions(environments, placeholders));
        callbacks.forEach(reading::read);
        return reading;
    }

    /** Those that are to run here. */
    Callbacks callbacks() {
        return new Callbacks(List.copyOf(callbacks));
    }

    /**
     * What the plan has found already, and all that is wrong with the callbacks.
     *
     * @param borrowed whether the session is lent by a pooler
     */
    List<Problem> problems(List<Problem> planned, boolean borrowed) {
        List<Problem> all = new ArrayList<>(planned);
        all.addAll(problems);
        if (borrowed) {
            all.addAll(PoolerProblems.ofCallbacks(callbacks));
        }
        return all;
    }

    private void read(Callback callback) {
        Migration.Sql sql = callback.sql();
        try (InputStream in = sql.script().source().open()) {
            ScriptScanner scanner = new ScriptScanner(
                    callback.name(), in, placeholders, sql.conf().directives());
            String reason = conditions.against(scanner.directives().onlyIf(), sql.conf());
            if (reason == null) {
                read(callback, scanner.outline());
            } else {
                LOG.debug("The callback {} does not run here: {}", callback.name(), reason);
            }
        } catch (ScriptException e) {
            add(Problem.Kind.UNREADABLE, callback, String.valueOf(e.getMessage()), "Correct the script.");
        } catch (IllegalArgumentException e) {
            add(Problem.Kind.UNREADABLE, callback, String.valueOf(e.getMessage()), "Correct the line.");
        } catch (IOException e) {
            add(
                    Problem.Kind.UNREADABLE,
                    callback,
                    sql.origin() + " cannot be read: " + e,
                    "Make it readable for the application.");
        }
    }

    private void read(Callback callback, ScriptOutline outline) {
        for (ScriptException problem : outline.problems()) {
            add(
                    Problem.Kind.PLACEHOLDER,
                    callback,
                    String.valueOf(problem.getMessage()),
                    FirstReading.PLACEHOLDER_ACTION);
        }
        String hindrance = callback.event().isOfEach() ? hindrance(outline) : null;
        if (hindrance != null) {
            add(
                    Problem.Kind.CALLBACK,
                    callback,
                    callback.name() + " runs in the transaction of its migration, and " + hindrance + ".",
                    "Take that out; or put it into beforeMigrate.sql or afterMigrate.sql, which run by themselves.");
        } else {
            callbacks.add(new PendingCallback(callback, outline));
        }
    }

    /** What cannot be had in a migration's own transaction. */
    private static @Nullable String hindrance(ScriptOutline outline) {
        Directives directives = outline.directives();
        if (!directives.transaction()) {
            return "can have no transaction=none of its own";
        }
        if (directives.lockTimeout() != null || directives.statementTimeout() != null) {
            return "has the migration's time limits, not its own";
        }
        for (Segment segment : outline.segments()) {
            if (segment.mode() == Mode.NONE) {
                return "its statement " + segment.first() + " cannot run in one";
            }
            if (segment.begin() != null || segment.rollback()) {
                return "can have no BEGIN, COMMIT or ROLLBACK of its own";
            }
        }
        return outline.segments().size() > 1
                ? "its statement " + outline.segments().get(1).first() + " needs a COMMIT before it"
                : null;
    }

    private void add(Problem.Kind kind, Callback callback, String message, String action) {
        problems.add(new Problem(kind, callback.name(), message, action));
    }
}
