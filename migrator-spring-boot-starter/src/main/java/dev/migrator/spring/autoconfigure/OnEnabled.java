package dev.migrator.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Migrations run here. */
final class OnEnabled implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isOn("migrator.enabled", context.getEnvironment());
    }

    /**
     * Whether a property is true, or not set. It is read as {@link MigratorProperties} reads it, for which {@code 1},
     * {@code yes} and {@code on} are true too. What is built ahead of time has all that the property can turn on: what it says
     * when the application starts is not known then, and is heeded by the beans.
     */
    static boolean isOn(String property, Environment environment) {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
                || Binder.get(environment).bind(property, Boolean.class).orElse(true);
    }
}
