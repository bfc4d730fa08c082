package dev.migrator.spring.web;

import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.StartProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Decides for both stacks whether a request is held off, and with which answer. */
public final class HoldOff {

    private final MigrationGate gate;
    private final Supplier<ExemptPaths> exempt;
    private final long seconds;

    /**
     * @param retryAfter when a client should try again; at least a second
     * @param exempt the paths that are let through, asked for with the first request that needs them
     */
    public HoldOff(MigrationGate gate, Duration retryAfter, Supplier<ExemptPaths> exempt) {
        this.gate = gate;
        this.exempt = SingletonSupplier.of(exempt);
        this.seconds = Math.max(1, retryAfter.toSeconds());
    }

    /** Whether every request may pass from now on: one volatile read. */
    public boolean isOver() {
        return gate.isOpen();
    }

    /**
     * Whether a request may pass although the gate is closed.
     *
     * @param raw the request's path below the context path, as it was sent
     * @param normalised the same path as the server understands it: decoded, without parameters and dot segments
     */
    public boolean lets(String raw, String normalised) {
        return PlainPath.is(raw) && exempt.get().contain(raw) && exempt.get().contain(normalised);
    }

    /** The answer to a request that is held off: a page for browsers, a problem for all others. */
    public HeldOffResponse answer(@Nullable String accept) {
        String types = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        StartProgress progress = gate.progress();
        return types.contains("text/html") && !types.contains("json")
                ? HeldOffResponse.page(seconds, progress)
                : HeldOffResponse.problem(seconds, progress);
    }
}
