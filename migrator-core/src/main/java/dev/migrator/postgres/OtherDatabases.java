package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The other databases of the server that a connection leads to, reached in the same way: what is in its URL holds for them too,
 * and what a data source has set besides does not.
 */
public final class OtherDatabases {

    /** Work on a whole database takes its time, and its sessions are idle meanwhile. */
    private static final String PATIENT = "SET statement_timeout = 0; SET idle_session_timeout = 0;"
            + " SET idle_in_transaction_session_timeout = 0; SET default_transaction_read_only = off";

    private final Properties properties;
    private final String role;

    private OtherDatabases(Properties properties, String role) {
        this.properties = properties;
        this.role = role;
    }

    /**
     * Reads the way off a connection.
     *
     * @param password the role's, or null where the URL has it, or {@code PGPASSWORD} or a pgpass file
     * @param role the role that the connection has taken with {@code SET ROLE}; {@code none} for its own
     */
    public static OtherDatabases of(Connection connection, @Nullable String password, String role) throws SQLException {
        Properties said = Driver.parseURL(connection.getMetaData().getURL(), null);
        if (said == null) {
            throw new SQLException("The connection's URL is none of the PostgreSQL driver's");
        }
        Properties properties = new Properties();
        said.stringPropertyNames().forEach(name -> properties.setProperty(name, said.getProperty(name)));
        properties.setProperty("user", connection.getMetaData().getUserName());
        properties.setProperty("tcpKeepAlive", "true");
        // to create or analyze a database may take longer than any query of an application
        properties.remove("socketTimeout");
        properties.remove("readOnly");
        if (properties.getProperty("PGHOST", "").contains(",")) {
            properties.setProperty("targetServerType", "primary");
        }
        String secret = password != null ? password : said.getProperty("password", System.getenv("PGPASSWORD"));
        if (secret != null) {
            properties.setProperty("password", secret);
        }
        return new OtherDatabases(properties, role);
    }

    /** A new connection to one of them, called {@code migrator} in {@code pg_stat_activity}, whose statements have no time limit. */
    public Connection connect(String database) throws SQLException {
        Properties other = new Properties();
        properties.stringPropertyNames().forEach(name -> other.setProperty(name, properties.getProperty(name)));
        other.setProperty("ApplicationName", "migrator");
        Connection connection = new Driver().connect(url(database), other);
        if (connection == null) {
            throw new SQLException("The PostgreSQL driver did not take the connection");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENT);
            if (!role.equals("none")) {
                statement.execute("SET ROLE " + Quoting.identifier(role));
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Connections to one of them that belong to no pool: closed, they are gone. */
    public DataSource unpooled(String database) {
        return new UnpooledDataSource(() -> connect(database));
    }

    /** Who logs in. */
    public String user() {
        return properties.getProperty("user", "");
    }

    private String url(String database) {
        String[] hosts = properties.getProperty("PGHOST", "localhost").split(",");
        String[] ports = properties.getProperty("PGPORT", "5432").split(",");
        String addresses = IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + ":" + ports[Math.min(i, ports.length - 1)])
                .collect(Collectors.joining(","));
        return "jdbc:postgresql://" + addresses + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** The role that was taken with {@code SET ROLE}, or {@code none}. */
    public String role() {
        return role;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "OtherDatabases[" + properties.getProperty("PGHOST") + ":" + properties.getProperty("PGPORT") + "]";
    }
}
