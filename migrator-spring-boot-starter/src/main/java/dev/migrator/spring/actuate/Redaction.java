package dev.migrator.spring.actuate;

import dev.migrator.MigrationInfo;
import dev.migrator.MigratorStatus;
import dev.migrator.MigratorStatus.Current;
import dev.migrator.Observed;
import dev.migrator.run.Blocker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a migrator's state for those who may not see its details: states, versions, names of scripts, counts,
 * times and how far it is. What may hold a host, a person, a role, a path, SQL, data, or the words of an error is taken out.
 *
 * <p>Checksums are details too: with one, whoever knows the rest of a script can find out a password in it by trying.
 */
public final class Redaction {

    /** Stands for every text that says why something failed. */
    static final String WHERE =
            "the application's log has it, and this answer for those who may see details (migrator.endpoint.show-details).";

    private static final String ERROR = "It failed: " + WHERE;
    private static final String REASON = "The reason is a detail: " + WHERE;

    private Redaction() {}

    /** The same state without its details. */
    public static MigratorStatus of(MigratorStatus status) {
        return new MigratorStatus(
                status.state(),
                status.schema(),
                status.table(),
                status.currentVersion(),
                status.latestVersion(),
                status.pending(),
                of(status.current()),
                status.migrations().stream().map(Redaction::of).toList(),
                status.history().stream().map(Redaction::of).toList(),
                counted(status.problems().size(), "problem"),
                null,
                null,
                counted(status.notes().size(), "note"));
    }

    /** One sentence for any number of them; empty for none. */
    static List<String> counted(int number, String what) {
        return number == 0
                ? List.of()
                : List.of(
                        (number == 1 ? "There is a " + what : "There are " + number + " " + what + "s") + ": " + WHERE);
    }

    static @Nullable Current of(@Nullable Current current) {
        return current == null
                ? null
                : new Current(
                        current.phase(),
                        null,
                        null,
                        current.startedAt(),
                        current.phaseMs(),
                        current.version(),
                        current.script(),
                        current.step(),
                        current.steps(),
                        current.statement(),
                        current.statements(),
                        current.line(),
                        null,
                        current.elapsedMs(),
                        current.statementMs(),
                        current.rows(),
                        current.server(),
                        current.estimateMs(),
                        current.attempt(),
                        current.retries(),
                        current.blockers().stream().map(Redaction::of).toList());
    }

    /** A session's name is whatever its client says: Migrator's own has the host in it, others have a person. */
    private static Blocker of(Blocker blocker) {
        return new Blocker(blocker.pid(), "", blocker.state(), blocker.age(), null, blocker.waitsFor());
    }

    private static MigrationInfo of(MigrationInfo migration) {
        return new MigrationInfo(
                migration.version(),
                migration.description(),
                migration.kind(),
                migration.script(),
                null,
                migration.state(),
                null,
                null,
                null,
                migration.runId(),
                migration.startedAt(),
                migration.durationMs(),
                migration.error() == null ? null : ERROR,
                migration.reason() == null ? null : REASON,
                migration.statementsDone(),
                migration.statementsTotal(),
                null,
                migration.rollback(),
                of(migration.observed()));
    }

    private static @Nullable Observed of(@Nullable Observed observed) {
        return observed == null ? null : new Observed(observed.attempts(), List.of(), observed.statements());
    }
}
