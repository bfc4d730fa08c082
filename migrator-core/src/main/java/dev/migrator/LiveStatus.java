package dev.migrator;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.TableName;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Problem;
import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunCancelledException;
import dev.migrator.run.RunEvent;
import dev.migrator.run.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the events say, so that a question can be answered from memory at any moment. Lists are made when somebody
 * asks, not while a run goes on. Events come from the thread that runs and from the one that observes it: they are taken one
 * at a time, so that a late observation cannot bring an ended run back to life.
 */
final class LiveStatus implements MigrationListener, Consumer<Standing> {

    private static final Set<String> DONE = Set.of("applied", "skipped");

    private final TableName table;
    private StepResults results = new StepResults();
    private volatile @Nullable Lists lists;
    private int changes;
    private volatile @Nullable Standing standing;
    private volatile @Nullable MigratorState outcome;
    private volatile @Nullable RunActivity activity;
    private volatile Wrong wrong = Wrong.NOTHING;
    private int runs;

    LiveStatus(TableName table) {
        this.table = table;
    }

    /** Takes note of how a run has found things; what was known of single steps is in it. */
    @Override
    public synchronized void accept(Standing now) {
        standing = now;
        results = new StepResults();
        changed();
    }

    private void changed() {
        changes++;
        lists = null;
    }

    /** How many runs there have been; asked before a look at the database that belongs to none. */
    synchronized int runs() {
        return runs;
    }

    /** Takes note of such a look, unless a run, which knows more, has been at work meanwhile. */
    synchronized void looked(Standing now, int runsBefore) {
        if (activity == null && runs == runsBefore) {
            accept(now);
        }
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            runs++;
            outcome = null;
            wrong = Wrong.NOTHING;
            activity = RunActivity.begun(started);
        } else if (event instanceof RunEvent.RunFinished) {
            activity = null;
            outcome = MigratorState.SUCCEEDED;
        } else if (event instanceof RunEvent.PhaseChanged) {
            // before the others, for every start comes by here: to ask for another event loads its class
            advance(event);
            changed();
        } else if (event instanceof RunEvent.RollbackFinished) {
            // what was taken back is pending: how things stand says it
            activity = null;
        } else if (event instanceof RunEvent.RunFailed failed && failed.cause() instanceof RunCancelledException) {
            // nothing is wrong, and what is not done is pending still
            activity = null;
            results.forgetRunning();
            changed();
        } else if (event instanceof RunEvent.RunFailed failed) {
            activity = null;
            wrong = Wrong.of(failed.cause());
            outcome = MigratorState.FAILED;
        } else {
            advance(event);
            remember(event);
        }
    }

    private void advance(RunEvent event) {
        RunActivity before = activity;
        if (before != null) {
            activity = before.after(event);
        }
    }

    private void remember(RunEvent event) {
        if (!(event instanceof RunEvent.StepProgress)) {
            changed();
        }
        results.remember(event);
    }

    MigratorStatus snapshot() {
        Standing known;
        StepResults made;
        int before;
        synchronized (this) {
            known = standing;
            made = results;
            before = changes;
        }
        RunActivity running = activity;
        Lists now = lists(known, made, before);
        Wrong failure = wrong;
        Wrong shown = failure.problems().isEmpty() && known != null ? Wrong.of(known.plan()) : failure;
        return new MigratorStatus(
                state(known, running),
                known == null ? table.schema() : known.table().schema(),
                table.table(),
                now.currentVersion(),
                now.latestVersion(),
                known == null ? 0 : pending(known.plan(), made),
                running == null ? null : running.current(Instant.now()),
                now.migrations(),
                now.history(),
                shown.problems(),
                shown.databaseState(),
                shown.action(),
                known == null ? List.of() : notes(known));
    }

    /**
     * What does not change from one event to the next, so that somebody who asks again and again does not make it again.
     *
     * @param history with what the current run has done so far
     */
    private record Lists(
            List<MigrationInfo> migrations,
            List<MigrationInfo> history,
            @Nullable String currentVersion,
            @Nullable String latestVersion) {

        static final Lists NONE = new Lists(List.of(), List.of(), null, null);
    }

    /** Those that are made of something older than the last change are for nobody else. */
    private Lists lists(@Nullable Standing known, StepResults results, int changesBefore) {
        Lists ready = lists;
        if (ready != null || known == null) {
            return ready == null ? Lists.NONE : ready;
        }
        List<MigrationInfo> migrations = MigrationList.of(known, results.byScript());
        Lists made = new Lists(
                migrations,
                MigrationList.history(known, results.byScript()),
                currentVersion(migrations),
                latestVersion(known.plan()));
        keep(made, changesBefore);
        return made;
    }

    private synchronized void keep(Lists made, int changesBefore) {
        if (changes == changesBefore) {
            lists = made;
        }
    }

    /** Where the run is, or null if none is under way. */
    @Nullable
    Current current() {
        RunActivity running = activity;
        return running == null ? null : running.current(Instant.now());
    }

    List<Problem> drift() {
        Standing known = standing;
        return known == null
                ? List.of()
                : known.plan().problems().stream()
                        .filter(problem ->
                                problem.kind() == Problem.Kind.CHANGED || problem.kind() == Problem.Kind.MISSING)
                        .toList();
    }

    List<MigrationDetails> details(String name) {
        Standing known = standing;
        return known == null ? List.of() : DetailsReader.of(known, snapshot(), name);
    }

    Stream<MigrationDetails> details() {
        Standing known = standing;
        return known == null ? Stream.of() : DetailsReader.all(known, snapshot());
    }

    private static List<String> notes(Standing known) {
        HistoryRow restore = known.history().restore();
        if (restore == null) {
            return known.plan().notes();
        }
        List<String> notes = new ArrayList<>(known.plan().notes());
        notes.add("The database was restored from " + restore.script() + ", at "
                + restore.startedAt().truncatedTo(ChronoUnit.SECONDS) + ".");
        return notes;
    }

    /** They are in the order of running. */
    private static @Nullable String currentVersion(List<MigrationInfo> migrations) {
        String current = null;
        for (MigrationInfo migration : migrations) {
            if (migration.version() != null && migration.state().equals("applied")) {
                current = migration.version();
            }
        }
        return current;
    }

    private static @Nullable String latestVersion(Plan plan) {
        return plan.migrations().stream()
                .map(Migration::version)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(Version::text)
                .orElse(null);
    }

    /** What the run that is under way has done by now is in the results. */
    private static int pending(Plan plan, StepResults results) {
        return (int) plan.steps().stream()
                .map(step -> results.of(step.migration().script()))
                .filter(result -> result == null || !DONE.contains(result.state()))
                .count();
    }

    private MigratorState state(@Nullable Standing known, @Nullable RunActivity running) {
        if (running != null) {
            return MigratorState.RUNNING;
        }
        MigratorState ended = outcome;
        if (ended != null) {
            return ended;
        }
        return known != null && known.plan().isEmpty() ? MigratorState.SUCCEEDED : MigratorState.PENDING;
    }
}
