package dev.migrator.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * How PostgreSQL's own programs reach the database that a JDBC connection leads to: by libpq's environment variables
 * ("Environment Variables" in the manual's chapter on libpq), for arguments can be seen by other users of the machine.
 *
 * @param variables {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER} and what else is known; the password too
 */
public record LibpqConnection(Map<String, String> variables) {

    /** What pgjdbc calls something, and what libpq calls the same; the values are the same too, but for one. */
    private static final Map<String, String> SAME = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING",
            "gssEncMode", "PGGSSENCMODE");

    /** The driver's own default, which a data source may write into its URL, and which libpq has no word for. */
    private static final Map<String, String> OF_THE_DRIVER_ONLY = Map.of("gssEncMode", "allow");

    private static final String USUAL_PATIENCE = "10";

    private static final String WRITING = "-c default_transaction_read_only=off -c idle_session_timeout=0";

    public LibpqConnection {
        variables = Map.copyOf(variables);
    }

    /**
     * Reads it off a connection.
     *
     * @param password the role's, or null where the URL has it, or {@code PGPASSWORD} or a pgpass file
     */
    public static LibpqConnection of(Connection connection, @Nullable String password) throws SQLException {
        String url = connection.getMetaData().getURL();
        Properties properties = Driver.parseURL(url, null);
        if (properties == null) {
            throw new SQLException("The connection's URL is none of the PostgreSQL driver's");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", hosts(properties.getProperty("PGHOST", "localhost")));
        variables.put("PGPORT", properties.getProperty("PGPORT", "5432"));
        variables.put("PGDATABASE", connection.getCatalog());
        variables.put("PGUSER", connection.getMetaData().getUserName());
        variables.put("PGCONNECT_TIMEOUT", USUAL_PATIENCE);
        String secret = password == null ? properties.getProperty("password") : password;
        if (secret != null) {
            variables.put("PGPASSWORD", secret);
        }
        String ssl = properties.getProperty("ssl");
        if ("".equals(ssl) || Boolean.parseBoolean(ssl)) {
            // what pgjdbc means by it, also without a value
            variables.put("PGSSLMODE", "verify-full");
        }
        SAME.forEach((name, variable) -> {
            String value = properties.getProperty(name);
            if (value != null && !value.equals(OF_THE_DRIVER_ONLY.get(name))) {
                variables.put(variable, value);
            }
        });
        if (variables.getOrDefault("PGHOST", "").contains(",")) {
            // the connection that migrates leads to the one that can be written to, even if its transactions are
            // read-only
            // unless they say otherwise
            variables.put("PGTARGETSESSIONATTRS", "primary");
        }
        return new LibpqConnection(variables);
    }

    /** The same server, another database. */
    public LibpqConnection to(String database) {
        return with("PGDATABASE", database);
    }

    /**
     * For a program that writes, and is idle now and then: without what the role's or the database's settings may have against it,
     * in so far as the programs do not see to it themselves.
     */
    public LibpqConnection writing() {
        String own = System.getenv("PGOPTIONS");
        return with("PGOPTIONS", (own == null ? "" : own + " ") + WRITING);
    }

    private LibpqConnection with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(variables);
        other.put(name, value);
        return new LibpqConnection(other);
    }

    /** The database's name. */
    public String database() {
        return variables.getOrDefault("PGDATABASE", "");
    }

    /** Where it leads, and as whom, in words: {@code localhost:5432/shop as ada}. */
    public String destination() {
        return variables.get("PGHOST") + ":" + variables.get("PGPORT") + "/" + database() + " as "
                + variables.get("PGUSER");
    }

    private static String hosts(String hosts) {
        return Stream.of(hosts.split(","))
                .map(host -> host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host)
                .collect(Collectors.joining(","));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LibpqConnection[" + variables.get("PGHOST") + ":" + variables.get("PGPORT") + "/" + database() + "]";
    }
}
