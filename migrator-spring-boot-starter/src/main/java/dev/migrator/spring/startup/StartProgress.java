package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import dev.migrator.MigratorStatus.Current;
import org.jspecify.annotations.Nullable;

/**
 * How far the start is with its migrations: numbers only, for everybody may see it who asks for anything.
 *
 * @param step which migration runs, from 1
 * @param steps how many there are
 * @param percent how far all of them are, from 0 to 99
 */
public record StartProgress(int step, int steps, int percent) {

    /** From memory; null where no migration runs. */
    static @Nullable StartProgress of(@Nullable Migrator migrator) {
        Current current = migrator == null ? null : migrator.current();
        Integer percent = current == null ? null : current.runPercent();
        return current == null || percent == null
                ? null
                : new StartProgress(current.step(), current.steps(), Math.min(percent, 99));
    }
}
