package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.annotation.ImportCandidates;

/** The file that lets Boot order our auto-configurations, and leave some out, before it reads a class of ours. */
class AutoConfigurationMetadataTests {

    @Test
    void theFileSaysWhatTheAnnotationsSay() {
        Map<String, String> expected = new TreeMap<>();
        for (String name :
                ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())) {
            if (name.startsWith("dev.migrator.")) {
                expected.putAll(of(type(name)));
            }
        }

        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(new TreeMap<>(inTheFile())).isEqualTo(expected);
    }

    private static Map<String, String> of(Class<?> type) {
        Map<String, String> lines = new TreeMap<>();
        lines.put(type.getName(), "");
        AutoConfiguration order = type.getAnnotation(AutoConfiguration.class);
        assertThat(order.before()).isEmpty();
        assertThat(order.beforeName()).isEmpty();
        put(lines, type, "AutoConfigureAfter", Stream.concat(names(order.after()), Stream.of(order.afterName())));
        ConditionalOnClass classes = type.getAnnotation(ConditionalOnClass.class);
        if (classes != null) {
            put(lines, type, "ConditionalOnClass", names(classes.value()));
        }
        ConditionalOnBean beans = type.getAnnotation(ConditionalOnBean.class);
        if (beans != null) {
            put(lines, type, "ConditionalOnBean", names(beans.value()));
        }
        ConditionalOnWebApplication web = type.getAnnotation(ConditionalOnWebApplication.class);
        if (web != null) {
            assertThat(web.type()).isEqualTo(ConditionalOnWebApplication.Type.ANY);
            put(lines, type, "ConditionalOnWebApplication", Stream.of());
        }
        return lines;
    }

    private static void put(Map<String, String> lines, Class<?> type, String key, Stream<String> values) {
        lines.put(type.getName() + "." + key, values.sorted().collect(Collectors.joining(",")));
    }

    private static Stream<String> names(Class<?>[] types) {
        return Stream.of(types).map(Class::getName);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException ex) {
            throw new AssertionError(ex);
        }
    }

    /** Ours, which stands beside our classes: every module has one of that name. */
    private static Map<String, String> inTheFile() {
        String home = MigratorAutoConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        Properties file = new Properties();
        try (InputStream stream = URI.create(home + "META-INF/spring-autoconfigure-metadata.properties")
                .toURL()
                .openStream()) {
            file.load(stream);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return file.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, key -> Stream.of(
                        file.getProperty(key).split(","))
                .sorted()
                .collect(Collectors.joining(","))));
    }
}
