package dev.migrator.backup;

import dev.migrator.postgres.OtherDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session in another database than the one that is to be replaced, for nobody may be in that. */
final class MaintenanceDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceDatabase.class);

    /** Every server has them, unless somebody has dropped them or lets nobody in. */
    private static final List<String> USUAL = List.of("postgres", "template1");

    /** As long as a server takes to start again after a crash of one of its processes, and some more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MS = 100;

    private final OtherDatabases server;
    private final String name;
    private Connection connection;
    private int pid;

    private MaintenanceDatabase(OtherDatabases server, String name, Connection connection) throws SQLException {
        this.server = server;
        this.name = name;
        this.connection = connection;
        this.pid = pid(connection);
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Connects to one of the usual.
     *
     * @throws SQLException if none lets us in, as the first of them says
     */
    static MaintenanceDatabase open(OtherDatabases server, String notThis) throws SQLException {
        SQLException first = null;
        for (String name : USUAL) {
            if (!name.equals(notThis)) {
                try {
                    return new MaintenanceDatabase(server, name, server.connect(name));
                } catch (SQLException e) {
                    first = first == null ? e : first;
                }
            }
        }
        throw first == null ? new SQLException("there is no other database") : first;
    }

    /** Connects to one of the usual, or else to the database itself: where nothing is to be done to that. */
    static MaintenanceDatabase openAny(OtherDatabases server, String database) throws SQLException {
        try {
            return open(server, database);
        } catch (SQLException e) {
            return new MaintenanceDatabase(server, database, server.connect(database));
        }
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Executes something that does no harm the second time; connects anew if the session is lost. */
    void executeAgain(String sql) throws SQLException {
        if (!connection.isValid(5)) {
            reconnect();
        }
        execute(sql);
    }

    /** A second connection to the same, for who works beside the first; the caller closes it. */
    Connection another() throws SQLException {
        return server.connect(name);
    }

    /**
     * Connects anew, and waits until the session before is gone: until then, what it was told last may yet be done.
     *
     * @throws SQLException if that does not come about within half a minute
     */
    void reconnectWhenItsSessionHasEnded() throws SQLException {
        int before = pid;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            SQLException failure;
            try {
                reconnect();
                if (!isAlive(before)) {
                    return;
                }
                failure = new SQLException("the session of before, process " + before + ", has not ended yet");
            } catch (SQLException e) {
                failure = e;
            }
            if (System.nanoTime() > end) {
                throw failure;
            }
            pause();
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private boolean isAlive(int process) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT FROM pg_catalog.pg_stat_activity WHERE pid = ?")) {
            statement.setInt(1, process);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    boolean exists(String database) throws SQLException {
        return oid(database) != 0;
    }

    /** By which a database is known whatever its name; 0 if there is none. */
    long oid(String database) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT oid FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private void reconnect() throws SQLException {
        close();
        connection = server.connect(name);
        pid = pid(connection);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The connection to {} was not closed in order", name, e);
        }
    }
}
