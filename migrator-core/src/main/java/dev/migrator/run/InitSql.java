package dev.migrator.run;

import dev.migrator.sql.ScriptException;
import dev.migrator.sql.Statement;
import dev.migrator.sql.StatementReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pool runs on each new connection. It is run again for each script: of settings with names of one's own, as
 * {@code app.tenant}, the server has no list by which they could be brought back ({@code pg_settings} leaves them out).
 *
 * @param statements those that do not begin or end a transaction, which they are run in
 */
record InitSql(List<String> statements) {

    private static final String WHAT = "What the pool runs on each new connection (connectionInitSql) ";

    /** What is said when one of the statements fails. */
    static final String FAILED = WHAT + "could not be run again for the script";

    /**
     * Splits it into its statements.
     *
     * @param sql null for none
     * @throws ConfigurationException if it cannot be read
     */
    static InitSql of(@Nullable String sql) {
        if (sql == null) {
            return new InitSql(List.of());
        }
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        try (StatementReader reader = new StatementReader("connectionInitSql", new ByteArrayInputStream(bytes))) {
            List<String> statements = new ArrayList<>();
            for (Statement statement = reader.next(); statement != null; statement = reader.next()) {
                if (!statement.kind().controlsTransaction()) {
                    statements.add(statement.text());
                }
            }
            return new InitSql(statements);
        } catch (ScriptException e) {
            // without its excerpt, in which there may be a secret
            throw unreadable(e.line() + ":" + e.column() + ": " + e.problem(), e);
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    private static ConfigurationException unreadable(String problem, Exception cause) {
        return new ConfigurationException(
                WHAT + "cannot be read, and so not be run again for each script: " + problem,
                Database.UNTOUCHED,
                "Correct it in the pool's configuration, or in what MigratorBuilder.connectionInitSql was told.",
                cause);
    }
}
