package dev.migrator.spring.autoconfigure;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/** The password by which a DataSource connects: PostgreSQL's own programs, which make the backups, cannot ask it. */
final class KnownPassword {

    private KnownPassword() {}

    /** What the DataSource itself knows, else what it was made with; null if nobody says. */
    static @Nullable String of(DataSource dataSource, ObjectProvider<JdbcConnectionDetails> details) {
        if (dataSource instanceof SimpleDriverDataSource simple) {
            return simple.getPassword();
        }
        String own = ClassUtils.isPresent(
                        "com.zaxxer.hikari.HikariDataSource",
                        dataSource.getClass().getClassLoader())
                ? Pool.passwordOf(dataSource)
                : null;
        if (own != null) {
            return own;
        }
        JdbcConnectionDetails known = details.getIfUnique();
        return known == null ? null : known.getPassword();
    }

    /** Loaded only where HikariCP is there. */
    private static final class Pool {

        static @Nullable String passwordOf(DataSource dataSource) {
            HikariDataSource pool =
                    DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
            return pool == null ? null : pool.getPassword();
        }
    }
}
