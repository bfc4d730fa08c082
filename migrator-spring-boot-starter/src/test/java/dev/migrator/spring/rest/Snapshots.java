package dev.migrator.spring.rest;

import dev.migrator.backup.Backup;
import dev.migrator.backup.BackupRequest;
import dev.migrator.backup.TakenBackup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes backups that are no trouble, and as long as a test wants. */
final class Snapshots implements Backup {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean held;

    /** The next one takes long. */
    void hold() {
        held = true;
    }

    void awaitBegun() throws InterruptedException {
        if (!begun.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no backup was begun");
        }
    }

    void release() {
        held = false;
        released.countDown();
    }

    @Override
    public TakenBackup take(BackupRequest request) {
        if (held) {
            begun.countDown();
            awaitRelease();
        }
        return new TakenBackup("snapshot-0042", 0, null);
    }

    /** As a backup that does not hear of a cancellation before its end. */
    private void awaitRelease() {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (released.getCount() > 0 && System.nanoTime() < end) {
            try {
                released.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
