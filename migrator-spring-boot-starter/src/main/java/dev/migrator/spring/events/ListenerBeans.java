package dev.migrator.spring.events;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The beans of one context that listen; they are made when they are asked for. */
record ListenerBeans(ConfigurableListableBeanFactory beans) {

    private static final Logger logger = LoggerFactory.getLogger(ListenerBeans.class);

    /**
     * Those of one type, in the order that {@code @Order} gives them.
     *
     * @param complete whether all of them could be made
     */
    record Made<T>(List<T> listeners, boolean complete) {}

    /** One that cannot be made keeps no other from listening. */
    <T> Made<T> of(Class<T> type) {
        try {
            return new Made<>(beans.getBeanProvider(type, false).orderedStream().toList(), true);
        } catch (BeansException ex) {
            return oneByOne(type);
        }
    }

    private <T> Made<T> oneByOne(Class<T> type) {
        List<T> made = new ArrayList<>();
        boolean complete = true;
        for (String name : beans.getBeanNamesForType(type, true, false)) {
            try {
                made.add(beans.getBean(name, type));
            } catch (BeansException ex) {
                complete = false;
                logger.warn(
                        "The bean '{}' is told nothing of this run of the migrations, for it cannot be made yet: {}. If it"
                                + " needs the migrated database (migrator.run-at=initialization), let it ask for that later, by"
                                + " an ObjectProvider.",
                        name,
                        ex.getMessage());
            }
        }
        return new Made<>(made, complete);
    }
}
