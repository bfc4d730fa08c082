package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Program;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A start with nothing to do is what every user pays at every start: one connection, one query, no lock. */
class NothingToDoTest extends DatabaseTest {

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();

    @Test
    void costsOneConnectionAndOneQuery() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;");
        migrator().build().migrate();

        Migrator.builder(counting(database.dataSource()))
                .locations(scripts.location())
                .build()
                .migrate();

        assertThat(connections).hasValue(1);
        assertThat(statements).hasValue(1);
    }

    @Test
    void loadsFewClassesInAColdProcess() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);")
                .with("V2__u.sql", "CREATE TABLE u (id int);")
                .with("U2__u.sql", "DROP TABLE u;")
                .with("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;");
        migrator().build().migrate();

        String output = Program.succeed(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                ColdStart.class.getName(),
                database.url(),
                scripts.location()));

        List<String> loaded = output.lines()
                .dropWhile(line -> !line.contains(ColdStart.class.getName() + "$Begin"))
                .takeWhile(line -> !line.contains(ColdStart.class.getName() + "$End"))
                .skip(1)
                .filter(line -> line.contains(" source: "))
                // the logging framework is the application's
                .filter(line -> !line.contains(".logback.") && !line.contains("org.slf4j."))
                .toList();
        assertThat(loaded).filteredOn(line -> line.contains("dev.migrator.")).hasSizeBetween(10, 110);
        if (Runtime.version().feature() == 17) { // each JDK has others of its own
            assertThat(loaded).hasSizeBetween(30, 110);
        }
        assertThat(loaded)
                .noneMatch(line -> line.contains("java.util.regex")
                        || line.contains("java.util.stream")
                        || line.contains("dev.migrator.plan.Planner")
                        || line.contains("dev.migrator.history.HistoryRow"));
    }

    /** The real data source, with a count of what is asked of it. */
    private DataSource counting(DataSource real) {
        return proxy(DataSource.class, real);
    }

    private <T> T proxy(Class<T> type, Object real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        statements.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof Connection connection) {
                            connections.incrementAndGet();
                            return proxy(Connection.class, connection);
                        }
                        return result instanceof Statement statement
                                        && method.getReturnType().isInterface()
                                ? proxy(method.getReturnType(), statement)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
