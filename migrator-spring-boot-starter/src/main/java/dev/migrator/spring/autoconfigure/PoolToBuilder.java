package dev.migrator.spring.autoconfigure;

import dev.migrator.MigratorBuilder;
import javax.sql.DataSource;
import org.springframework.util.ClassUtils;

/**
 * Hands on to a {@link MigratorBuilder} what only the pool can say: how a connection is taken out of it, and what it runs on each
 * new one.
 */
final class PoolToBuilder {

    private PoolToBuilder() {}

    static void apply(DataSource dataSource, MigratorBuilder builder) {
        if (mayBeHikari(dataSource) && HikariPool.apply(dataSource, builder)) {
            return;
        }
        if (dataSource instanceof FirstStatement own) {
            builder.connectionInitSql(own.sql());
        } else if (isThere("org.apache.tomcat.jdbc.pool.DataSourceProxy", dataSource)) {
            TomcatPool.apply(dataSource, builder);
        }
    }

    /** Whether {@link HikariPool} can be loaded, and asked. */
    static boolean mayBeHikari(DataSource dataSource) {
        return isThere("com.zaxxer.hikari.HikariDataSource", dataSource);
    }

    private static boolean isThere(String type, DataSource dataSource) {
        return ClassUtils.isPresent(type, dataSource.getClass().getClassLoader());
    }
}
