package dev.migrator.spring.autoconfigure;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

/**
 * What HikariCP gives each of its connections besides URL, user and password. Without it another role would look into another
 * schema, or send its password unencrypted. Loaded only where HikariCP is there.
 */
record PoolSettings(HikariDataSource pool) {

    /** Null where there is no such pool inside. */
    static @Nullable PoolSettings of(DataSource dataSource) {
        HikariDataSource pool =
                DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
        return pool == null ? null : new PoolSettings(pool);
    }

    /** Otherwise a DataSource of the driver connects, whose properties go by other names. */
    boolean isByUrl() {
        return pool.getDataSourceClassName() == null && pool.getDataSource() == null;
    }

    SimpleDriverDataSource appliedTo(SimpleDriverDataSource plain) {
        String first = pool.getConnectionInitSql();
        SimpleDriverDataSource own = StringUtils.hasText(first) ? new FirstStatement(plain, first) : plain;
        own.setConnectionProperties(properties());
        own.setSchema(pool.getSchema());
        return own;
    }

    /** The driver takes nothing but words, and Java code may have given others. User and password come after these. */
    private Properties properties() {
        Properties words = new Properties();
        pool.getDataSourceProperties().forEach((name, value) -> words.setProperty(name.toString(), value.toString()));
        return words;
    }
}
