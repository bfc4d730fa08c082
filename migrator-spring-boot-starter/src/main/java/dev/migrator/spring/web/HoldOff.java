package dev.migrator.spring.web;

import dev.migrator.spring.startup.MigrationGate;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Decides for both stacks whether a request is held off, and with which answer. */
public final class HoldOff {

    private final MigrationGate gate;
    private final Supplier<ExemptPaths> exempt;
    private final HeldOffResponse problem;
    private final HeldOffResponse page;

    /**
     * @param retryAfter when a client should try again; at least a second
     * @param exempt the paths that are let through, asked for with the first request that needs them
     */
    public HoldOff(MigrationGate gate, Duration retryAfter, Supplier<ExemptPaths> exempt) {
        this.gate = gate;
        this.exempt = SingletonSupplier.of(exempt);
        long seconds = Math.max(1, retryAfter.toSeconds());
        this.problem = HeldOffResponse.problem(seconds);
        this.page = HeldOffResponse.page(seconds);
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
        return types.contains("text/html") && !types.contains("json") ? page : problem;
    }
}
