package dev.migrator.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyManager;
import org.postgresql.jdbc.PgConnection;

/** COPY … FROM STDIN, which JDBC itself does not know. */
public final class CopyIn {

    private static final int BUFFER = 64 * 1024;

    private CopyIn() {}

    /**
     * Sends the data to the server as it is read.
     *
     * @return how many rows there were
     */
    public static long run(Connection connection, String statement, InputStream data) throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PgConnection.class).getCopyAPI();
        return copy.copyIn(statement, data, BUFFER);
    }
}
