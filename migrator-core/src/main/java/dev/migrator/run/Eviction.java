package dev.migrator.run;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes a connection that ran scripts out of its pool for good: nothing that a script set may reach the application.
 * JDBC has no word for that; whoever knows the pool can say it in the pool's own.
 */
@FunctionalInterface
public interface Eviction {

    /**
     * Called before the connection is closed, which it is afterwards in any case.
     *
     * @throws SQLException if the connection is lost already
     */
    void evict(Connection connection) throws SQLException;

    /**
     * For a pool that nobody knows: the connection is broken off ({@link Connection#abort}), and the pool can learn it from a
     * call that fails, as HikariCP does, noisily, with a stack trace in the log; or by looking at what comes back to it, as
     * Commons DBCP does. One that does neither lends the dead connection to the application: older ones of Tomcat's JDBC pool
     * have to be told, by {@code connection.unwrap(PooledConnection.class).setDiscarded(true)}.
     */
    static Eviction breakingOff() {
        return connection -> {
            connection.abort(Runnable::run);
            connection.createStatement().close();
        };
    }
}
