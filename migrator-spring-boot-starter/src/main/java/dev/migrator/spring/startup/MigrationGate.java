package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application may be used: closed until its database is migrated, then open for good.
 *
 * <p>It has a state of its own and no dependencies, because web servers ask it long before there is a DataSource.
 */
public final class MigrationGate {

    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private volatile boolean open;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Runnable whenOpen;
    private volatile @Nullable Migrator migrating;

    private MigrationGate(boolean open) {
        this.open = open;
        if (open) {
            opened.complete(true);
        }
    }

    /** A gate that waits for the migrations. */
    public static MigrationGate closed() {
        return new MigrationGate(false);
    }

    /** A gate for an application in which nothing is migrated. */
    public static MigrationGate alwaysOpen() {
        return new MigrationGate(true);
    }

    /** One volatile read. */
    public boolean isOpen() {
        return open;
    }

    /** Completed with true when it opens; a copy, which may be given up. */
    public CompletableFuture<Boolean> opened() {
        return opened.copy();
    }

    void open() {
        open = true;
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
    }
}
