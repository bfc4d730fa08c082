package dev.migrator.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.function.Consumer;
import org.postgresql.jdbc.PgConnection;

/**
 * COPY … FROM STDIN, which JDBC itself does not know. The driver keeps the notices that triggers raise meanwhile until
 * somebody asks for them: they are taken from it after each piece of the data.
 */
public final class CopyIn {

    private static final int BUFFER = 64 * 1024;

    private CopyIn() {}

    /**
     * Sends the data to the server as it is read.
     *
     * @param notices is told each notice of the server
     * @return how many rows there were
     */
    public static long run(Connection connection, String statement, InputStream data, Consumer<String> notices)
            throws SQLException, IOException {
        PgConnection postgres = connection.unwrap(PgConnection.class);
        org.postgresql.copy.CopyIn copy = postgres.getCopyAPI().copyIn(statement);
        try {
            byte[] buffer = new byte[BUFFER];
            for (int length = data.read(buffer); length >= 0; length = data.read(buffer)) {
                copy.writeToCopy(buffer, 0, length);
                tell(postgres, notices);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
            tell(postgres, notices);
        }
    }

    private static void tell(PgConnection connection, Consumer<String> notices) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        for (SQLWarning warning = connection.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            notices.accept(String.valueOf(warning.getMessage()));
        }
        connection.clearWarnings();
    }
}
