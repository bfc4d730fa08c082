package dev.migrator.spring.autoconfigure;

import dev.migrator.spring.command.CommandProperties;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The application starts to be used, and not for the sake of a command, which does itself what is to be done. */
final class OnUsualStart implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !CommandProperties.areIn(context.getEnvironment());
    }
}
