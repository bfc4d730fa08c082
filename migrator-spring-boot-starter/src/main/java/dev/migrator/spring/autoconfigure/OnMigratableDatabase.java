package dev.migrator.spring.autoconfigure;

import dev.migrator.Migrator;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.StringUtils;

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
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && isThere(beans, DataSource.class)) {
            return ConditionOutcome.match("there is a DataSource to migrate");
        }
        String url = context.getEnvironment().getProperty(URL);
        if (StringUtils.hasText(url) && !"false".equalsIgnoreCase(url)) {
            return ConditionOutcome.match(URL + " names a database to migrate");
        }
        return beans != null && isThere(beans, Migrator.class)
                ? ConditionOutcome.match("there is a Migrator")
                : ConditionOutcome.noMatch("there is nothing to migrate: no DataSource that is injected by its type or"
                        + " marked with @MigratorDataSource, no " + URL + ", and no Migrator");
    }

    /** By its definition: nothing is made for the sake of the question. */
    private static boolean isThere(ConfigurableListableBeanFactory beans, Class<?> type) {
        for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false)) {
            if (isCandidate(beans, name)) {
                return true;
            }
        }
        return false;
    }

    /** What an application has kept for itself is not ours, as it is not for {@code @ConditionalOnBean}. */
    private static boolean isCandidate(BeanFactory beans, String name) {
        BeanFactory home = beans;
        while (home instanceof ConfigurableListableBeanFactory factory) {
            if (factory.containsBeanDefinition(name)) {
                return isCandidate(factory.getBeanDefinition(name));
            }
            home = factory.getParentBeanFactory();
        }
        return true; // an object that was registered without a definition
    }

    private static boolean isCandidate(BeanDefinition bean) {
        return bean.isAutowireCandidate()
                && (!(bean instanceof AbstractBeanDefinition known) || known.isDefaultCandidate() || isMarked(bean));
    }

    /** Such a bean is injected where the mark stands, also if it is nobody's default. */
    private static boolean isMarked(BeanDefinition bean) {
        if (!(bean instanceof AnnotatedBeanDefinition annotated)) {
            return false;
        }
        MethodMetadata method = annotated.getFactoryMethodMetadata();
        AnnotatedTypeMetadata declared = method != null ? method : annotated.getMetadata();
        return declared.isAnnotated(MigratorDataSource.class.getName());
    }
}
