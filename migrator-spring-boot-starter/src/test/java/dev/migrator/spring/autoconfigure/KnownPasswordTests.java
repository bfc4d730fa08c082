package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Nobody listens where these lead to: a password is not to cost a connection. */
class KnownPasswordTests {

    private static final String URL = "jdbc:postgresql://localhost:1/shop";

    private static ObjectProvider<JdbcConnectionDetails> details() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("details", new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return "app";
            }

            @Override
            public String getPassword() {
                return "the application's";
            }

            @Override
            public String getJdbcUrl() {
                return URL;
            }
        });
        return beans.getBeanProvider(JdbcConnectionDetails.class);
    }

    private static HikariDataSource hikari() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(URL);
        pool.setUsername("ada");
        pool.setPassword("hunter2");
        return pool;
    }

    private static PGSimpleDataSource pg() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(URL);
        dataSource.setUser("ada");
        dataSource.setPassword("hunter2");
        return dataSource;
    }

    static Stream<DataSource> dataSources() {
        return Stream.of(
                hikari(),
                new LazyConnectionDataSourceProxy(hikari()),
                new TransactionAwareDataSourceProxy(hikari()),
                pg(),
                new LazyConnectionDataSourceProxy(pg()),
                new DriverManagerDataSource(URL, "ada", "hunter2"),
                new SimpleDriverDataSource(new org.postgresql.Driver(), URL, "ada", "hunter2"));
    }

    @ParameterizedTest
    @MethodSource("dataSources")
    void aDataSourceOfAUsualKindSaysItsOwn(DataSource dataSource) {
        assertThat(KnownPassword.of(dataSource, null)).isEqualTo("hunter2");
    }

    @Test
    void oneThatDoesNotSayWasMadeWithWhatBootKnows() {
        assertThat(KnownPassword.of(new Opaque(), details())).isEqualTo("the application's");
    }

    @Test
    void aPoolWithoutOneWasMadeWithWhatBootKnows() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(URL);

        assertThat(KnownPassword.of(pool, details())).isEqualTo("the application's");
        assertThat(KnownPassword.of(new LazyConnectionDataSourceProxy(pool), details()))
                .isEqualTo("the application's");
        assertThat(KnownPassword.of(pool, null)).isNull();
    }

    @Test
    void theApplicationsPasswordIsNotTakenForThatOfAnotherDataSource() {
        assertThat(KnownPassword.of(new Opaque(), null)).isNull();
        assertThat(KnownPassword.of(new DriverManagerDataSource(URL), details()))
                .as("one without a password has none")
                .isNull();
    }

    /** A DataSource of which nobody knows anything. */
    private static final class Opaque implements DataSource {

        @Override
        public Connection getConnection() {
            throw new AssertionError("It is not to be connected to");
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new AssertionError("It is not to be connected to");
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new IllegalArgumentException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
