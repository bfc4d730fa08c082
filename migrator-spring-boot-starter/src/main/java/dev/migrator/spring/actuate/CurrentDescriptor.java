package dev.migrator.spring.actuate;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.run.Blocker;
import dev.migrator.run.ServerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What runs now. Times are in milliseconds.
 *
 * @param detail whom it waits for, say, or null
 * @param actor the person who asked for the run, or null
 * @param startedAt when the run began, by this instance's clock
 * @param phaseMs since the phase began
 * @param step the migration's number in this run, from 1; null outside of any migration
 * @param statement the statement that runs, from 1; null where that is not known
 * @param statements how many there are; null where that is not known
 * @param line the statement's first line in the script, or null
 * @param text the statement's start, or null
 * @param elapsedMs since the migration began; outside of any, since the run did
 * @param statementMs since the statement began, or null
 * @param rows how many rows the statement has read in, or null where nobody counts
 * @param server how far it is by PostgreSQL's own account, or null
 * @param estimateMs how long the migration took the last time, or null
 * @param attempt 1, or more after retries
 * @param retries how often anything was tried again in this run
 * @param stepPercent how far the migration is, or null where nothing tells
 * @param runPercent how far the run is, or null outside of any migration
 */
public record CurrentDescriptor(
        String phase,
        @Nullable String detail,
        @Nullable String actor,
        Instant startedAt,
        long phaseMs,
        @Nullable String version,
        @Nullable String script,
        @Nullable Long step,
        @Nullable Long steps,
        @Nullable Long statement,
        @Nullable Long statements,
        @Nullable Long line,
        @Nullable String text,
        long elapsedMs,
        @Nullable Long statementMs,
        @Nullable Long rows,
        @Nullable ServerDescriptor server,
        @Nullable Long estimateMs,
        int attempt,
        int retries,
        @Nullable Integer stepPercent,
        @Nullable Integer runPercent,
        List<BlockerDescriptor> blockers) {

    /**
     * How far a command is by PostgreSQL's own account.
     *
     * @param phase what it does, or null where the server does not say
     * @param done how much of this phase is done
     * @param total how much there is to do in this phase, or null where that is not known
     * @param unit what is counted
     * @param percent of this phase, or null where that is not known
     */
    public record ServerDescriptor(
            String command,
            @Nullable String phase,
            long done,
            @Nullable Long total,
            String unit,
            @Nullable Integer percent) {

        static @Nullable ServerDescriptor of(@Nullable ServerProgress progress) {
            return progress == null
                    ? null
                    : new ServerDescriptor(
                            progress.command(),
                            progress.phase().isEmpty() ? null : progress.phase(),
                            progress.done(),
                            known(progress.total()),
                            progress.unit(),
                            progress.percent());
        }
    }

    /**
     * Another session that keeps the migration waiting, or one that such a session waits for.
     *
     * @param application what the session calls itself, or null for a reader who may not see it
     * @param query what it runs, or ran last; null for such a reader, and where the role may not see it
     */
    public record BlockerDescriptor(
            int pid,
            @Nullable String application,
            @Nullable String state,
            @Nullable Long ageMs,
            @Nullable String query,
            List<Integer> waitsFor) {

        static BlockerDescriptor of(Blocker blocker) {
            Duration age = blocker.age();
            return new BlockerDescriptor(
                    blocker.pid(),
                    blocker.application().isEmpty() ? null : blocker.application(),
                    blocker.state(),
                    age == null ? null : age.toMillis(),
                    blocker.query(),
                    blocker.waitsFor());
        }
    }

    /** As much as everybody may see. */
    static @Nullable CurrentDescriptor of(@Nullable Current current) {
        return withAllThatIsIn(Redaction.of(current));
    }

    /** As it is given, for a reader who may see that. */
    static @Nullable CurrentDescriptor withAllThatIsIn(@Nullable Current current) {
        return current == null
                ? null
                : new CurrentDescriptor(
                        current.phase().name().toLowerCase(Locale.ROOT),
                        current.detail(),
                        current.actor(),
                        current.startedAt(),
                        current.phaseMs(),
                        current.version(),
                        current.script(),
                        known(current.step()),
                        known(current.steps()),
                        known(current.statement()),
                        known(current.statements()),
                        known(current.line()),
                        current.text(),
                        current.elapsedMs(),
                        current.statementMs(),
                        current.rows(),
                        ServerDescriptor.of(current.server()),
                        current.estimateMs(),
                        current.attempt(),
                        current.retries(),
                        current.stepPercent(),
                        current.runPercent(),
                        current.blockers().stream().map(BlockerDescriptor::of).toList());
    }

    private static @Nullable Long known(long number) {
        return number == 0 ? null : number;
    }
}
