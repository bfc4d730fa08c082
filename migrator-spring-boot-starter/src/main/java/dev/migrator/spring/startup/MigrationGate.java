package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application may be used: closed until its database is migrated, then open for good.
 *
 * <p>It has a state of its own and no dependencies, because web servers ask it long before there is a DataSource.
 */
public final class MigrationGate {

    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Runnable whenOpen;
    private volatile @Nullable Migrator migrating;

    private MigrationGate() {}

    /** A gate that waits for the migrations. */
    public static MigrationGate closed() {
        return new MigrationGate();
    }

    /** A gate for an application in which nothing is migrated. */
    public static MigrationGate alwaysOpen() {
        MigrationGate gate = new MigrationGate();
        gate.opened.complete(true);
        return gate;
    }

    /** One volatile read. */
    public boolean isOpen() {
        return opened.getNow(false);
    }

    /** Waits for that long at most, and says whether it is open then; an interrupted thread does not wait, and stays interrupted. */
    public boolean opensWithin(Duration time) {
        try {
            return opened.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Completed with true when it opens, with false when it never will; a copy, for whoever gives it up must not open the gate. */
    public CompletableFuture<Boolean> opened() {
        return opened.copy();
    }

    void open() {
        opened.complete(true);
        Runnable action = whenOpen;
        if (action != null) {
            action.run();
        }
    }

    void whenOpen(Runnable action) {
        whenOpen = action;
    }

    /** How far what it waits for is, from memory; null where that is not known. */
    public @Nullable StartProgress progress() {
        return StartProgress.of(migrating);
    }

    /** Says for whom it waits now; null for nobody. */
    void waitsFor(@Nullable Migrator migrator) {
        migrating = migrator;
    }

    /** Why it stays closed, or null while it may still open. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    void fail(Throwable cause) {
        failure = cause;
        opened.complete(false);
    }
}
