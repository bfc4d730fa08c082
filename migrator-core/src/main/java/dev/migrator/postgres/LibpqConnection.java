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

    /** What pgjdbc calls something, and what libpq calls the same, where the values are the same too. */
    private static final Map<String, String> SAME = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING",
            "gssEncMode", "PGGSSENCMODE");

    private static final String USUAL_PATIENCE = "10";

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
        if (Boolean.parseBoolean(properties.getProperty("ssl"))) {
            // what pgjdbc means by it
            variables.put("PGSSLMODE", "verify-full");
        }
        SAME.forEach((name, variable) -> {
            String value = properties.getProperty(name);
            if (value != null) {
                variables.put(variable, value);
            }
        });
        if (variables.getOrDefault("PGHOST", "").contains(",")) {
            // the connection that migrates leads to the one that can be written to
            variables.put("PGTARGETSESSIONATTRS", "read-write");
        }
        return new LibpqConnection(variables);
    }

    /** The same server, another database. */
    public LibpqConnection to(String database) {
        Map<String, String> other = new LinkedHashMap<>(variables);
        other.put("PGDATABASE", database);
        return new LibpqConnection(other);
    }

    /** The database's name. */
    public String database() {
        return variables.getOrDefault("PGDATABASE", "");
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
