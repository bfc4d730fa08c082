package dev.migrator.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own for a test, on the one embedded server of this JVM, which ends with it. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    public static TestDatabase create() {
        return createWith("");
    }

    /** One that is not in UTF-8. */
    public static TestDatabase inEncoding(String encoding) {
        return createWith(" ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    }

    private static TestDatabase createWith(String options) {
        String name = "test_" + COUNTER.incrementAndGet();
        run(Server.POSTGRES.getPostgresDatabase(), "CREATE DATABASE " + name + options);
        return new TestDatabase(name);
    }

    public static int port() {
        return Server.POSTGRES.getPort();
    }

    /** The server's major version. */
    public static int serverVersion() {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    /** Gives a new physical connection each time, as the superuser. */
    public DataSource dataSource() {
        return dataSource("postgres");
    }

    public DataSource dataSource(String user) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port()});
        dataSource.setDatabaseName(name);
        dataSource.setUser(user);
        dataSource.setPassword(user);
        return dataSource;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
    }

    public void execute(String... statements) {
        run(dataSource(), statements);
    }

    /** The first column of each row, as text. */
    public List<String> column(String query) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The first column of the first row, as text. */
    public String value(String query) {
        return column(query).get(0);
    }

    private static void run(DataSource dataSource, String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join(";", statements), e);
        }
    }

    @Override
    public void close() {
        run(Server.POSTGRES.getPostgresDatabase(), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /** Started when the first test asks for it. */
    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                // what a power cut would lose is of no interest, and each test has a database of its own
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
