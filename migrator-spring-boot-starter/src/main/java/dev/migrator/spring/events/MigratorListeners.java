package dev.migrator.spring.events;

import dev.migrator.Migrator;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Gives every {@link Migrator} bean its listeners, also those that the application makes itself. No listener is made before
 * there is something to tell.
 */
public final class MigratorListeners implements BeanPostProcessor {

    private final ConfigurableListableBeanFactory beans;

    public MigratorListeners(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Migrator migrator) {
            migrator.addListener(new LateListeners(name, new ListenerBeans(beans)));
        }
        return bean;
    }
}
