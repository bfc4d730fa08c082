package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * There is something to migrate: a DataSource, a URL, or a migrator that the application defines. It asks by itself, for the
 * three nested conditions that would say the same are four classes more to read at every start.
 */
final class OnMigratableDatabase extends SpringBootCondition implements ConfigurationCondition {

    private static final String URL = "migrator.url";

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("a database to migrate");
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && isThere(beans, DataSource.class)) {
            return ConditionOutcome.match(message.because("there is a DataSource"));
        }
        String url = context.getEnvironment().getProperty(URL);
        if (url != null && !"false".equalsIgnoreCase(url)) {
            return ConditionOutcome.match(message.because(URL + " is set"));
        }
        return beans != null && isThere(beans, Migrator.class)
                ? ConditionOutcome.match(message.because("there is a Migrator"))
                : ConditionOutcome.noMatch(message.because("there is no DataSource, no " + URL + " and no Migrator"));
    }

    /** By its definition: nothing is made for the sake of the question. */
    private static boolean isThere(ConfigurableListableBeanFactory beans, Class<?> type) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length > 0;
    }
}
