package dev.migrator.spring.autoconfigure;

import dev.migrator.run.ConfigurationException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/**
 * A role of its own for the migrations, or a password, or both. Its DataSource has no pool: it is needed for one connection,
 * once.
 */
record MigratingRole(@Nullable String user, @Nullable String password) {

    /** That database, of which the application's DataSource knows nothing: it may be on another server, and encrypt otherwise. */
    DataSource at(String url) {
        return with(DataSourceBuilder.create().url(url));
    }

    /**
     * The application's database, as the application sees it.
     *
     * @throws ConfigurationException if the DataSource does not say where it leads to
     */
    DataSource in(DataSource shared) {
        PoolSettings pool = mayBePool(shared) ? PoolSettings.of(shared) : null;
        if (pool != null && !pool.isByUrl()) {
            throw unknown(shared, null);
        }
        SimpleDriverDataSource own;
        try {
            own = with(DataSourceBuilder.derivedFrom(shared));
        } catch (RuntimeException ex) {
            // of a kind that Boot cannot read, or not from one place
            throw unknown(shared, ex);
        }
        if (own.getUrl() == null) {
            throw unknown(shared, null);
        }
        return pool == null ? own : pool.appliedTo(own);
    }

    private static boolean mayBePool(DataSource shared) {
        return ClassUtils.isPresent(
                "com.zaxxer.hikari.HikariDataSource", shared.getClass().getClassLoader());
    }

    private SimpleDriverDataSource with(DataSourceBuilder<?> builder) {
        if (user != null) {
            builder.username(user);
        }
        if (password != null) {
            builder.password(password);
        }
        SimpleDriverDataSource own = builder.type(SimpleDriverDataSource.class).build();
        String url = own.getUrl();
        if (url != null) {
            own.setUrl(UrlParameters.without(url, overridden()));
        }
        return own;
    }

    /** For the driver the URL has the last word, and so may not contradict. */
    private Set<String> overridden() {
        Set<String> names = new HashSet<>();
        if (user != null) {
            names.add("user");
        }
        if (password != null) {
            names.add("password");
        }
        return names;
    }

    private static ConfigurationException unknown(DataSource shared, @Nullable Throwable cause) {
        return new ConfigurationException(
                "migrator.user and migrator.password are for the application's database, and its DataSource ("
                        + shared.getClass().getName() + ") does not say by a URL which that is.",
                "nothing was run; it is as it was.",
                "Set migrator.url too, or mark a DataSource of that role with @MigratorDataSource.",
                cause);
    }
}
