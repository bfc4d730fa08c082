package dev.migrator.spring.startup;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Keeps the exit code of a start that fails before all beans are made. Boot tells it to all listeners first; making one for
 * that in a context that has given up fails, and the code is forgotten: a process with other threads would run on.
 */
public final class UnmadeListeners {

    private static final String MULTICASTER = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

    private UnmadeListeners() {}

    /** To be called right before the exception that ends the refresh is thrown. */
    public static void forget(ConfigurableListableBeanFactory beans) {
        if (beans.getSingleton(MULTICASTER) instanceof ApplicationEventMulticaster multicaster) {
            multicaster.removeApplicationListenerBeans(name -> !beans.containsSingleton(name));
        }
    }
}
