package dev.migrator.spring.browser;

import dev.migrator.spring.test.Requirement;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Chromium}: one for all of them in this JVM, started with the first and ended with the last. */
final class InChromium implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = Chromium.installed();
        Requirement.that(executable.isPresent(), "Chromium (Debian's package: chromium) is not installed");
        chromium(context, executable.orElseThrow());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Chromium resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return chromium(context, Chromium.installed().orElseThrow());
    }

    private static Chromium chromium(ExtensionContext context, Path executable) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(InChromium.class))
                .computeIfAbsent(Chromium.class, key -> Chromium.start(executable), Chromium.class);
    }
}
