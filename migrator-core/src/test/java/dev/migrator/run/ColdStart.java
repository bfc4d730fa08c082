package dev.migrator.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A start in a JVM of its own, to see which classes it loads: those between {@link Begin} and {@link End}. */
final class ColdStart {

    private ColdStart() {}

    /** Loaded when the pool is there and was used. */
    private static final class Begin {}

    /** Loaded when the migrator is done. */
    private static final class End {}

    /**
     * Starts.
     *
     * @param arguments URL and location
     */
    public static void main(String[] arguments) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername("postgres");
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT 1").close();
            }
            new Begin();
            Migrator.builder(pool).locations(arguments[1]).build().migrate();
            new End();
        }
    }
}
