package dev.migrator.spring.autoconfigure;

import dev.migrator.run.ConfigurationException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Chooses the DataSource that migrates: the marked one, else that of the {@link MigratingRole} in the properties, else the
 * application's.
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
            return role().at(properties.url());
        }
        DataSource shared = application.getIfUnique();
        if (shared == null) {
            throw undecided();
        }
        return properties.user() == null && properties.password() == null ? shared : role().in(shared);
    }

    private MigratingRole role() {
        return new MigratingRole(properties.user(), properties.password());
    }

    boolean isUndecided() {
        return properties.url() == null && marked.getIfAvailable() == null && application.getIfUnique() == null;
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
