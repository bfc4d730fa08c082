package dev.migrator.lock;

import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Who else may have the migration lock, in whichever of its makes. */
public record Rivals(AdvisoryLock lock, Lease lease) {

    /** Those for the lock of one history table. */
    public static Rivals of(String schema, String table) {
        AdvisoryLock advisory = AdvisoryLock.of(schema, table);
        return new Rivals(advisory, Lease.of(schema, table, advisory));
    }

    /** In words, whoever has it; null if nobody has. */
    public @Nullable String find(Connection connection) throws SQLException {
        Lease.Standing standing = lease.read(connection);
        if (standing != null && standing.live()) {
            return standing.describe();
        }
        AdvisoryLock.Holder holder = lock.holder(connection);
        return holder == null ? null : holder.describe();
    }

    /** The same, where somebody had it just before. */
    String describe(Connection connection) throws SQLException {
        String holder = find(connection);
        return holder == null ? "an instance that has just finished" : holder;
    }

    /** The process id of the backend that holds the advisory lock, as each step does; 0 if there is none. */
    int backend(Connection connection) throws SQLException {
        AdvisoryLock.Holder holder = lock.holder(connection);
        return holder == null ? 0 : holder.pid();
    }
}
