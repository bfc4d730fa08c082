package dev.migrator.spring.autoconfigure;

import dev.migrator.run.ConfigurationException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Chooses the DataSource that migrates: the marked one, else one with the credentials from the properties (without a pool: it
 * is needed for one connection, once), else the application's.
 *
 * @param application the application's own, not asked for before it is needed
 * @param marked the one that is annotated with {@link MigratorDataSource}
 */
record MigrationDataSource(
        MigratorProperties properties, ObjectProvider<DataSource> application, ObjectProvider<DataSource> marked) {

    DataSource choose() {
        DataSource own = marked.getIfAvailable();
        if (own != null) {
            return own;
        }
        if (properties.url() != null) {
            return withCredentials(DataSourceBuilder.create().url(properties.url()));
        }
        DataSource shared = application.getIfUnique();
        if (shared == null) {
            throw undecided();
        }
        return properties.user() == null && properties.password() == null
                ? shared
                : withCredentials(DataSourceBuilder.derivedFrom(shared));
    }

    private DataSource withCredentials(DataSourceBuilder<?> builder) {
        if (properties.user() != null) {
            builder.username(properties.user());
        }
        if (properties.password() != null) {
            builder.password(properties.password());
        }
        SimpleDriverDataSource chosen =
                builder.type(SimpleDriverDataSource.class).build();
        String url = chosen.getUrl();
        if (url != null) {
            chosen.setUrl(UrlParameters.without(url, overridden()));
        }
        return chosen;
    }

    boolean isUndecided() {
        return properties.url() == null && marked.getIfAvailable() == null && application.getIfUnique() == null;
    }

    /** For the driver the URL has the last word, and so may not contradict. */
    private Set<String> overridden() {
        Set<String> names = new HashSet<>();
        if (properties.user() != null) {
            names.add("user");
        }
        if (properties.password() != null) {
            names.add("password");
        }
        return names;
    }

    private static ConfigurationException undecided() {
        return new ConfigurationException(
                "There are several DataSource beans, and nothing says which of them is to be migrated.",
                "nothing was run; it is as it was.",
                "Mark one with @MigratorDataSource or @Primary, set migrator.url, or define a Migrator bean for each"
                        + " database.",
                null);
    }

    /** Whether that is the DataSource whose schema is migrated, be it with other credentials. */
    boolean covers(DataSource candidate) {
        @Nullable DataSource own = marked.getIfAvailable();
        return candidate == own || candidate == application.getIfUnique();
    }
}
