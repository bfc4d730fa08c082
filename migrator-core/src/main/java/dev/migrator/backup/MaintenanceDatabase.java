package dev.migrator.backup;

import dev.migrator.postgres.OtherDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session in another database than the one that is to be replaced, for nobody may be in that. */
final class MaintenanceDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceDatabase.class);

    /** Every server has them, unless somebody has dropped them or lets nobody in. */
    private static final List<String> USUAL = List.of("postgres", "template1");

    private final OtherDatabases server;
    private final String name;
    private Connection connection;

    private MaintenanceDatabase(OtherDatabases server, String name, Connection connection) {
        this.server = server;
        this.name = name;
        this.connection = connection;
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

    void reconnect() throws SQLException {
        close();
        connection = server.connect(name);
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
