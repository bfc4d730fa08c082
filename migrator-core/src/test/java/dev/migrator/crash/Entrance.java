package dev.migrator.crash;

import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/** Where clients on a route connect to: the embedded server, or a pooler before it. */
final class Entrance implements AutoCloseable {

    private final @Nullable PgBouncer pooler;

    private Entrance(@Nullable PgBouncer pooler) {
        this.pooler = pooler;
    }

    static Entrance of(Route route) {
        return new Entrance(route == Route.POOLED ? PgBouncer.start("transaction", 5) : null);
    }

    int port() {
        return pooler == null ? TestDatabase.port() : pooler.port();
    }

    String url(TestDatabase database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database.name();
    }

    @Override
    public void close() {
        if (pooler != null) {
            pooler.close();
        }
    }
}
