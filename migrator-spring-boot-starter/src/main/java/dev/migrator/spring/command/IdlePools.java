package dev.migrator.spring.command;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Keeps the application's pools from filling up while a command runs, wherever they have their settings from: a command needs
 * two connections, and idle ones of its own would be in the way of a restore.
 */
final class IdlePools implements BeanPostProcessor {

    static void addTo(ConfigurableListableBeanFactory beans, ClassLoader classLoader) {
        if (ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", classLoader)) {
            beans.addBeanPostProcessor(new IdlePools());
        }
    }

    /** Behind whoever binds the pool's properties; it begins to fill later. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.setMinimumIdle(0);
        }
        return bean;
    }
}
