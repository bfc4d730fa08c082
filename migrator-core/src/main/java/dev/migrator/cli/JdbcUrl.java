package dev.migrator.cli;

import dev.migrator.run.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL without what must not be seen: messages of the driver may quote the address.
 *
 * @param address the URL without the parameters that {@code secrets} holds
 * @param secrets the user and the passwords that stood in it, by the driver's names for them
 */
record JdbcUrl(String address, Map<String, String> secrets) {

    private static final Set<String> SECRET = Set.of("user", "password", "sslpassword");

    /** Takes a URL apart; says that it is wrong without repeating it. */
    static JdbcUrl parse(String url) {
        int mark = url.indexOf('?');
        String head = mark < 0 ? url : url.substring(0, mark);
        if (head.indexOf('@') >= 0) {
            throw wrong(
                    "The URL has user and password before the host, which JDBC does not know.",
                    "Give them as --user and --password, or as MIGRATOR_USER and MIGRATOR_PASSWORD.",
                    null);
        }
        Map<String, String> secrets = new HashMap<>();
        StringJoiner kept = new StringJoiner("&", "?", "").setEmptyValue("");
        for (String parameter :
                mark < 0 ? new String[0] : url.substring(mark + 1).split("&")) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2 && SECRET.contains(pair[0])) {
                secrets.put(pair[0], decode(pair[0], pair[1]));
            } else {
                kept.add(parameter);
            }
        }
        String address = head + kept;
        requireDriver(address);
        return new JdbcUrl(address, Map.copyOf(secrets));
    }

    private static String decode(String name, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "The URL's parameter " + name + " is not well encoded.",
                    "Write a percent sign in it as %25.",
                    null);
        }
    }

    private static void requireDriver(String address) {
        try {
            DriverManager.getDriver(address);
        } catch (SQLException e) {
            throw wrong("The URL is not understood.", "Write it as jdbc:postgresql://host:port/database.", e);
        }
    }

    private static ConfigurationException wrong(String description, String action, @Nullable Exception cause) {
        return new ConfigurationException(description, "it was not looked at.", action, cause);
    }

    /** Never with the secrets. */
    @Override
    public String toString() {
        return address;
    }
}
