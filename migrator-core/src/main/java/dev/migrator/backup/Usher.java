package dev.migrator.backup;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends who is connected to a database, again and again, until it is stopped: a pool comes back within a millisecond of being
 * ended, and who was let in before the door was shut has to be asked out behind it.
 */
final class Usher {

    private static final Logger LOG = LoggerFactory.getLogger(Usher.class);

    private static final long PAUSE_MS = 50;

    private final Thread thread;
    private volatile boolean stopped;

    private Usher(MaintenanceDatabase maintenance, long database) {
        this.thread = new Thread(() -> work(maintenance, database), "migrator-usher");
        thread.setDaemon(true);
    }

    /** Begins, over a connection of its own; where none is to be had it does nothing. */
    static Usher start(MaintenanceDatabase maintenance, String database) throws SQLException {
        Usher usher = new Usher(maintenance, maintenance.oid(database));
        usher.thread.start();
        return usher;
    }

    private void work(MaintenanceDatabase maintenance, long database) {
        try (Connection connection = maintenance.another()) {
            while (!stopped) {
                OtherConnection.terminateAll(connection, database);
                Thread.sleep(PAUSE_MS);
            }
        } catch (SQLException e) {
            LOG.debug("Connections that came again were not ended", e);
        } catch (InterruptedException e) {
            // it is stopped
        }
    }

    void stop() {
        stopped = true;
        thread.interrupt();
    }
}
