package dev.migrator.cli;

import dev.migrator.run.ConfigurationException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as whom, and with which password: what the options say goes before what the URL says, and that
 * before the environment. Without any password the driver asks the pgpass file.
 *
 * @param password empty if it is to be asked for
 */
record Login(
        Shell shell,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    UrlDataSource dataSource() {
        JdbcUrl jdbcUrl = JdbcUrl.parse(given());
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "migrator-cli");
        properties.putAll(jdbcUrl.secrets());
        set(properties, "user", user, "MIGRATOR_USER");
        set(properties, "password", askIfEmpty(properties.getProperty("user")), "MIGRATOR_PASSWORD");
        return new UrlDataSource(jdbcUrl.address(), properties);
    }

    private String given() {
        String found = url == null ? shell.variable("MIGRATOR_URL") : url;
        if (found == null) {
            throw wrong(
                    "No database was named.", "Give --url jdbc:postgresql://host:port/database, or set MIGRATOR_URL.");
        }
        return found;
    }

    private void set(Properties properties, String name, @Nullable String option, String variable) {
        String fallback = shell.variable(variable);
        if (option != null) {
            properties.setProperty(name, option);
        } else if (fallback != null) {
            properties.putIfAbsent(name, fallback);
        }
    }

    private @Nullable String askIfEmpty(@Nullable String role) {
        if (password == null || !password.isEmpty()) {
            return password;
        }
        if (shell.terminal() == null) {
            throw wrong(
                    "A password was to be asked for, and there is no terminal.",
                    "Set MIGRATOR_PASSWORD, or use a pgpass file.");
        }
        String answer = shell.terminal().readPassword(role == null ? "Password: " : "Password for " + role + ": ");
        if (answer == null) {
            throw wrong("No password was given.", "Type one, or leave out --password.");
        }
        return answer;
    }

    private static ConfigurationException wrong(String description, String action) {
        return new ConfigurationException(description, "it was not looked at.", action, null);
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return "Login";
    }
}
