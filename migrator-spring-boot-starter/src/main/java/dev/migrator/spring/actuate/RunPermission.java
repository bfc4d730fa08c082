package dev.migrator.spring.actuate;

import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.Mode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may be asked for here. An instance that was told not to migrate by itself must not be made to over the web
 * either: most often another one, with other rights in the database, is there for that.
 *
 * @param enabled whether migrators run in this application
 * @param mode what it does about pending migrations
 * @param gate open when the start is done with them
 */
public record RunPermission(boolean enabled, Mode mode, MigrationGate gate) {

    private static final String INSTEAD =
            " Ask an instance that does, or run 'migrations migrate' with the same release.";

    /** Why this instance never runs anything, or null where it may. */
    @Nullable
    String refusal() {
        if (!enabled) {
            return "Nothing was run: this instance does not migrate (migrator.enabled=false)." + INSTEAD;
        }
        return mode == Mode.MIGRATE
                ? null
                : "Nothing was run: this instance does not migrate (migrator.mode="
                        + mode.name().toLowerCase(Locale.ROOT) + ")." + INSTEAD;
    }

    /** Whether the start is still about to migrate. */
    boolean isStarting() {
        return !gate.isOpen();
    }
}
