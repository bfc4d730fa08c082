package dev.migrator.testing;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/** A data source whose connections do not all lead the same way. */
public final class SeveralServers {

    private SeveralServers() {}

    /** Each connection comes from the data source for its number; the first has 0. */
    public static DataSource by(IntFunction<DataSource> number) {
        AtomicInteger connections = new AtomicInteger();
        return (DataSource) Proxy.newProxyInstance(
                SeveralServers.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) ->
                        number.apply(connections.getAndIncrement()).getConnection());
    }
}
