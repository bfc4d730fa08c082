package dev.migrator.spring.autoconfigure;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import dev.migrator.MigratorBuilder;
import dev.migrator.run.Eviction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** What HikariCP's pool is asked and told; loaded only where HikariCP is there. It starts no pool. */
record HikariPool(HikariDataSource pool) implements Eviction {

    /** Whether the DataSource is, or wraps, such a pool, of which the builder knows then. */
    static boolean apply(DataSource dataSource, MigratorBuilder builder) {
        HikariDataSource pool = in(dataSource);
        if (pool == null) {
            return false;
        }
        builder.eviction(new HikariPool(pool)).connectionInitSql(pool.getConnectionInitSql());
        return true;
    }

    private static @Nullable HikariDataSource in(DataSource dataSource) {
        return dataSource instanceof HikariDataSource pool
                ? pool
                : DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
    }

    static boolean isIn(DataSource dataSource) {
        return in(dataSource) != null;
    }

    static @Nullable String passwordOf(DataSource dataSource) {
        HikariDataSource pool = in(dataSource);
        return pool == null ? null : pool.getPassword();
    }

    /** In the pool's own words, which leaves no stack trace in the log; of a connection that is wrapped it would hear nothing. */
    @Override
    public void evict(Connection connection) throws SQLException {
        if (connection instanceof ProxyConnection) {
            pool.evictConnection(connection);
        } else {
            Eviction.breakingOff().evict(connection);
        }
    }
}
