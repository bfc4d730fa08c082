package dev.migrator.spring.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.run.Eviction;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Takes a connection out of HikariCP's pool in the pool's own words, which leaves no stack trace in the log. */
record HikariEviction(HikariDataSource pool) implements Eviction {

    /** How a connection of this DataSource is evicted, or null if that is not known here. */
    static @Nullable Eviction of(DataSource dataSource) {
        boolean hikari = ClassUtils.isPresent(
                "com.zaxxer.hikari.HikariDataSource", dataSource.getClass().getClassLoader());
        return hikari ? Known.of(dataSource) : null;
    }

    /** Loaded only where HikariCP is there. */
    private static final class Known {

        static @Nullable Eviction of(DataSource dataSource) {
            return dataSource instanceof HikariDataSource pool ? new HikariEviction(pool) : null;
        }
    }

    @Override
    public void evict(Connection connection) {
        pool.evictConnection(connection);
    }
}
