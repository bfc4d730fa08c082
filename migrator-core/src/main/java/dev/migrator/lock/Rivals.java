package dev.migrator.lock;

import dev.migrator.postgres.AdvisoryLock;
import dev.migrator.postgres.Lease;
import java.sql.Connection;
import java.sql.SQLException;

/** Who else may have the migration lock, in whichever of its makes. */
record Rivals(AdvisoryLock lock, Lease lease) {

    /** In words, whoever has it. */
    String describe(Connection connection) throws SQLException {
        Lease.Standing standing = lease.read(connection);
        if (standing != null && standing.live()) {
            return standing.describe();
        }
        AdvisoryLock.Holder holder = lock.holder(connection);
        return holder == null ? "an instance that has just finished" : holder.describe();
    }

    /** The process id of the backend that holds the advisory lock, as each step does; 0 if there is none. */
    int backend(Connection connection) throws SQLException {
        AdvisoryLock.Holder holder = lock.holder(connection);
        return holder == null ? 0 : holder.pid();
    }
}
