package dev.migrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a JDBC URL means to libpq. */
class LibpqConnectionTest {

    private static Map<String, String> variables(String url) throws SQLException {
        return LibpqConnection.of(connection(url), null).variables();
    }

    private static Connection connection(String url) {
        DatabaseMetaData metaData =
                proxy(DatabaseMetaData.class, (self, method, arguments) -> switch (method.getName()) {
                    case "getURL" -> url;
                    case "getUserName" -> "ada";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "getMetaData" -> metaData;
            case "getCatalog" -> "shop";
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void tlsIsAskedForAsTheDriverAsksForIt() throws SQLException {
        assertThat(variables("jdbc:postgresql://db/shop")).doesNotContainKey("PGSSLMODE");
        assertThat(variables("jdbc:postgresql://db/shop?ssl=false")).doesNotContainKey("PGSSLMODE");
        assertThat(variables("jdbc:postgresql://db/shop?ssl")).containsEntry("PGSSLMODE", "verify-full");
        assertThat(variables("jdbc:postgresql://db/shop?ssl=true")).containsEntry("PGSSLMODE", "verify-full");
        assertThat(variables("jdbc:postgresql://db/shop?ssl=true&sslmode=verify-ca&sslrootcert=/r.crt"))
                .containsEntry("PGSSLMODE", "verify-ca")
                .containsEntry("PGSSLROOTCERT", "/r.crt");
    }

    @Test
    void whatOnlyTheDriverKnowsIsNotHandedOn() throws SQLException {
        assertThat(variables("jdbc:postgresql://db/shop?gssEncMode=allow")).doesNotContainKey("PGGSSENCMODE");
        assertThat(variables("jdbc:postgresql://db/shop?gssEncMode=disable")).containsEntry("PGGSSENCMODE", "disable");
    }

    @Test
    void ofSeveralHostsThePrimaryIsMeantEvenIfItsTransactionsAreReadOnly() throws SQLException {
        assertThat(variables("jdbc:postgresql://one:5433,[::1]:5434/shop"))
                .containsEntry("PGHOST", "one,::1")
                .containsEntry("PGPORT", "5433,5434")
                .containsEntry("PGTARGETSESSIONATTRS", "primary");
        assertThat(variables("jdbc:postgresql://one/shop")).doesNotContainKey("PGTARGETSESSIONATTRS");
    }

    @Test
    void aPasswordInTheUrlIsTakenAsItWasMeantAndNotShown() throws SQLException {
        LibpqConnection connection =
                LibpqConnection.of(connection("jdbc:postgresql://db/shop?password=p%40s%26s%25"), null);

        assertThat(connection.variables()).containsEntry("PGPASSWORD", "p@s&s%");
        assertThat(connection + connection.destination()).doesNotContain("p@s&s%");
    }

    @Test
    void aProgramThatWritesIsNeitherReadOnlyNorEndedForBeingIdle() throws SQLException {
        assertThat(LibpqConnection.of(connection("jdbc:postgresql://db/shop"), null)
                        .writing()
                        .variables()
                        .get("PGOPTIONS"))
                .endsWith("-c default_transaction_read_only=off -c idle_session_timeout=0");
    }
}
