package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** There is something to migrate: a DataSource, a URL, or a migrator that the application defines. */
final class OnMigratableDatabase extends AnyNestedCondition {

    OnMigratableDatabase() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(DataSource.class)
    static final class HasDataSource {}

    @ConditionalOnProperty("migrator.url")
    static final class HasUrl {}

    @ConditionalOnBean(Migrator.class)
    static final class HasMigrator {}
}
