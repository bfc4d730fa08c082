package dev.migrator.spring.startup;

import dev.migrator.Migrator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The migrators of one context: its own, for a parent's have run with the parent. */
public record ContextMigrators(ConfigurableListableBeanFactory beans) {

    /** By the names of their beans, in the order that {@code @Order} gives them; they are made now, if they are not yet. */
    public Map<String, Migrator> byName() {
        Map<String, Migrator> own = beans.getBeansOfType(Migrator.class);
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
        return ordered;
    }
}
