package dev.migrator.spring.test;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A migration that takes as long as a test wants. */
public final class Hold implements JavaMigration {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public String name() {
        return "V1_5__Hold";
    }

    @Override
    public void migrate(MigrationContext context) throws Exception {
        begun.countDown();
        if (!released.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody released the migration");
        }
    }

    public void awaitBegun() throws InterruptedException {
        if (!begun.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the migration did not begin");
        }
    }

    public void release() {
        released.countDown();
    }
}
