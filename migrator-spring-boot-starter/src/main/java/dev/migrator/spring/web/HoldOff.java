package dev.migrator.spring.web;

import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.StartProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Decides for both stacks whether a request is held off, and with which answer. */
public final class HoldOff {

    private final MigrationGate gate;
    private final Supplier<ExemptPaths> exempt;
    private final Duration patience;
    private final long seconds;
    private long begun;
    private boolean held;

    /**
     * @param patience for how long requests wait, from the first one on, before they are sent away
     * @param retryAfter when a client should try again; at least a second
     * @param exempt the paths that are let through, asked for with the first request that needs them
     */
    public HoldOff(MigrationGate gate, Duration patience, Duration retryAfter, Supplier<ExemptPaths> exempt) {
        this.gate = gate;
        this.patience = patience;
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

    /**
     * For how long a request may wait for the gate: most starts have nothing to do, and are ready a moment after the port is
     * open. The first request begins that time for all of them, so that a migration that takes longer has no crowd before it.
     */
    private synchronized Duration patience() {
        if (!held) {
            held = true;
            begun = System.nanoTime();
        }
        Duration left = patience.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it is over within the time that a request may wait, which this thread does. */
    public boolean isOverSoon() {
        Duration left = patience();
        return !left.isZero() && gate.opensWithin(left);
    }

    /**
     * The same for who may not wait.
     *
     * @return null where the time is over
     */
    public @Nullable CompletableFuture<Boolean> overSoon() {
        Duration left = patience();
        return left.isZero() ? null : gate.opened().completeOnTimeout(false, left.toNanos(), TimeUnit.NANOSECONDS);
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
