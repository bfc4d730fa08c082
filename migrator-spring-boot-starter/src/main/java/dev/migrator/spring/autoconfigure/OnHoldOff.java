package dev.migrator.spring.autoconfigure;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Migrations run here, and requests shall not come before them. */
final class OnHoldOff implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        return OnEnabled.isOn("migrator.enabled", environment)
                && OnEnabled.isOn("migrator.hold-off.enabled", environment);
    }
}
