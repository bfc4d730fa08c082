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
     * Works with every pool, but noisily: the connection is broken off ({@link Connection#abort}), and the pool learns it from
     * a call that fails. HikariCP, for one, logs that with a stack trace.
     */
    static Eviction breakingOff() {
        return connection -> {
            connection.abort(Runnable::run);
            connection.createStatement().close();
        };
    }
}
