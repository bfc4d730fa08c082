package dev.migrator.spring.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Runs a statement on each new connection, as HikariCP does with its {@code connection-init-sql}. */
final class FirstStatement extends SimpleDriverDataSource {

    /** The pool's statement may choose the application's role, and another one is wanted here. */
    private static final List<String> OWN_ROLE = List.of("RESET SESSION AUTHORIZATION", "RESET ROLE");

    private final String sql;

    /**
     * One that connects to the same database.
     *
     * @param plain whose driver, URL, user and password this takes over
     */
    FirstStatement(SimpleDriverDataSource plain, String sql) {
        this.sql = sql;
        setDriver(plain.getDriver());
        setUrl(plain.getUrl());
        setUsername(plain.getUsername());
        setPassword(plain.getPassword());
    }

    String sql() {
        return sql;
    }

    @Override
    protected Connection getConnectionFromDriver(@Nullable String username, @Nullable String password)
            throws SQLException {
        Connection connection = super.getConnectionFromDriver(username, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            for (String own : OWN_ROLE) {
                statement.execute(own);
            }
            return connection;
        } catch (SQLException ex) {
            connection.close();
            throw new SQLException(
                    "The connection-init-sql of the application's pool failed for this role: " + ex.getMessage(),
                    ex.getSQLState(),
                    ex);
        }
    }
}
