package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The migrators of one context: its own, for a parent's have run with the parent. */
public record ContextMigrators(ConfigurableListableBeanFactory beans) {

    /**
     * By the names of their beans, in the order that {@code @Order} gives them; they are made now, if they are not yet.
     *
     * <p>One by one: {@code getBeansOfType} leaves out what cannot be made because it needs something that is being made, and
     * would say that there is nothing to migrate.
     *
     * @throws BeansException if one cannot be made
     */
    public Map<String, Migrator> byName() {
        Map<String, Migrator> own = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForType(Migrator.class)) {
            // a bean may be null
            if (beans.getBean(name) instanceof Migrator migrator) {
                own.put(name, migrator);
            }
        }
        if (own.size() < 2) {
            return own;
        }
        Map<String, Migrator> ordered = new LinkedHashMap<>();
        beans.getBeanProvider(Migrator.class)
                .orderedStream()
                .forEach(migrator -> own.forEach((name, candidate) -> {
                    if (candidate == migrator) {
                        ordered.put(name, migrator);
                    }
                }));
        // one of another scope is another object there
        own.forEach(ordered::putIfAbsent);
        return ordered;
    }
}
