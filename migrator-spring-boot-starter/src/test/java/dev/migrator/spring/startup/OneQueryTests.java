package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.autoconfigure.MigratorAutoConfiguration;
import dev.migrator.spring.test.Postgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class OneQueryTests {

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();

    @Test
    void aStartWithNothingToDoCostsOneConnectionAndOneQuery(@TempDir Path folder) throws Exception {
        DataSource database = new DriverManagerDataSource(Postgres.newDatabase());
        Files.writeString(folder.resolve("V1__t.sql"), "create table t (id int);");
        Migrator.builder(database).locations("filesystem:" + folder).build().migrate();

        DataSource counting = counting(DataSource.class, database);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
                .web(WebApplicationType.NONE)
                .properties("migrator.locations=filesystem:" + folder)
                .initializers(ctx -> ctx.getBeanFactory().registerSingleton("dataSource", counting))
                .run()) {
            assertThat(context.getBean(MigrationGate.class).isOpen()).isTrue();
        }

        assertThat(connections).hasValue(1);
        assertThat(statements).hasValue(1);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MigratorAutoConfiguration.class)
    static class Plain {}

    private <T> T counting(Class<T> type, Object real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        statements.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof Connection connection) {
                            connections.incrementAndGet();
                            return counting(Connection.class, connection);
                        }
                        return result instanceof Statement statement
                                        && method.getReturnType().isInterface()
                                ? counting(method.getReturnType(), statement)
                                : result;
                    } catch (InvocationTargetException ex) {
                        throw ex.getTargetException();
                    }
                }));
    }
}
