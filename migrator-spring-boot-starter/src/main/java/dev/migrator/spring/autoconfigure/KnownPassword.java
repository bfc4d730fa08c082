package dev.migrator.spring.autoconfigure;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** The password by which a DataSource connects: PostgreSQL's own programs, which make the backups, cannot ask it. */
final class KnownPassword {

    private KnownPassword() {}

    /**
     * What the DataSource itself knows, else what Boot made it with; null if nobody says.
     *
     * @param details where the DataSource is the application's own: another one's password would be a wrong one
     */
    static @Nullable String of(DataSource dataSource, @Nullable ObjectProvider<JdbcConnectionDetails> details) {
        if (PoolToBuilder.mayBeHikari(dataSource) && HikariPool.isIn(dataSource)) {
            // also where it has none: Boot reads no more of a pool than this, and loads a dozen classes to do so
            String own = HikariPool.passwordOf(dataSource);
            return own == null ? given(details) : own;
        }
        if (dataSource instanceof AbstractDriverBasedDataSource simple) {
            return simple.getPassword();
        }
        String given = given(details);
        return given == null ? asBootReadsIt(dataSource) : given;
    }

    private static @Nullable String given(@Nullable ObjectProvider<JdbcConnectionDetails> details) {
        JdbcConnectionDetails known = details == null ? null : details.getIfUnique();
        return known == null ? null : known.getPassword();
    }

    /** Boot knows the usual kinds of DataSource, also inside of another one. */
    private static @Nullable String asBootReadsIt(DataSource dataSource) {
        try {
            return DataSourceBuilder.derivedFrom(dataSource)
                    .type(SimpleDriverDataSource.class)
                    .build()
                    .getPassword();
        } catch (RuntimeException ex) {
            // of a kind that it does not know, or one that does not say
            return null;
        }
    }
}
