package dev.migrator.spring.autoconfigure;

import dev.migrator.MigratorBuilder;
import dev.migrator.run.Eviction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** What Tomcat's JDBC pool is asked and told; loaded only where it is there. It starts no pool. */
final class TomcatPool implements Eviction {

    static void apply(DataSource dataSource, MigratorBuilder builder) {
        DataSourceProxy pool = DataSourceUnwrapper.unwrap(dataSource, PoolConfiguration.class, DataSourceProxy.class);
        if (pool != null) {
            builder.eviction(new TomcatPool()).connectionInitSql(pool.getInitSQL());
        }
    }

    /** Older ones of these pools lend a connection again that was broken off: they do not look at what comes back to them. */
    @Override
    public void evict(Connection connection) throws SQLException {
        try {
            connection.unwrap(PooledConnection.class).setDiscarded(true);
        } catch (SQLException | RuntimeException ex) {
            // somebody has wrapped it
            Eviction.breakingOff().evict(connection);
        }
    }
}
