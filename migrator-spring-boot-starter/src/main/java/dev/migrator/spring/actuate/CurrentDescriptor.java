package dev.migrator.spring.actuate;

import dev.migrator.MigratorStatus.Current;
import dev.migrator.run.Blocker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What runs now. The text of statements is not shown, be it the migration's or that of who keeps it waiting.
 *
 * @param step the migration's number in this run, from 1; null outside of any migration
 * @param statement the statement that runs, from 1; null where that is not known
 * @param statements how many there are; null where that is not known
 * @param line the statement's first line in the script, or null
 */
public record CurrentDescriptor(
        String phase,
        @Nullable String detail,
        @Nullable String version,
        @Nullable String script,
        @Nullable Long step,
        @Nullable Long steps,
        @Nullable Long statement,
        @Nullable Long statements,
        @Nullable Long line,
        long elapsedMs,
        int attempt,
        List<BlockerDescriptor> blockers) {

    /** Another session that keeps the migration waiting, or one that such a session waits for. */
    public record BlockerDescriptor(
            int pid,
            String application,
            @Nullable String state,
            @Nullable Long ageMs,
            List<Integer> waitsFor) {

        static BlockerDescriptor of(Blocker blocker) {
            Duration age = blocker.age();
            return new BlockerDescriptor(
                    blocker.pid(),
                    blocker.application(),
                    blocker.state(),
                    age == null ? null : age.toMillis(),
                    blocker.waitsFor());
        }
    }

    static @Nullable CurrentDescriptor of(@Nullable Current current) {
        return current == null
                ? null
                : new CurrentDescriptor(
                        current.phase().name().toLowerCase(Locale.ROOT),
                        current.detail(),
                        current.version(),
                        current.script(),
                        known(current.step()),
                        known(current.steps()),
                        known(current.statement()),
                        known(current.statements()),
                        known(current.line()),
                        current.elapsedMs(),
                        current.attempt(),
                        current.blockers().stream().map(BlockerDescriptor::of).toList());
    }

    private static @Nullable Long known(long number) {
        return number == 0 ? null : number;
    }
}
