package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;
import static dev.migrator.sql.Quoting.literal;

import dev.migrator.sql.NameList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ALTER DATABASE … SET}, and {@code ALTER ROLE … IN DATABASE … SET}, have said of a database; a dump does not have it.
 *
 * @param settings in the order of the roles
 */
record DatabaseSettings(List<Setting> settings) {

    /**
     * The settings whose values are lists of names, each quoted for itself
     * ({@code variable_is_guaranteed_list_quote} in PostgreSQL's sources): as one string it would be one name.
     */
    private static final List<String> LISTS = List.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    /**
     * What may keep a dump from being restored, or change its values on the way, as {@code array_nulls} makes texts of the NULLs in
     * arrays. None of it is meant for what the database holds, but for who works with it.
     */
    private static final Set<String> IN_THE_WAY = Set.of(
            "array_nulls",
            "default_transaction_deferrable",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "local_preload_libraries",
            "lock_timeout",
            "role",
            "session_preload_libraries",
            "statement_timeout",
            "temp_file_limit",
            "transaction_timeout");

    /**
     * One of them.
     *
     * @param role null for all roles
     */
    record Setting(@Nullable String role, String name, String value) {

        String statement(String database) {
            String where = role == null
                    ? "ALTER DATABASE " + identifier(database)
                    : "ALTER ROLE " + identifier(role) + " IN DATABASE " + identifier(database);
            return where + " SET " + quotedName() + " TO "
                    + (LISTS.contains(name) ? String.join(", ", NameList.literals(value)) : literal(value));
        }

        /** A name of two parts is two names. */
        private String quotedName() {
            int dot = name.indexOf('.');
            return dot < 0
                    ? identifier(name)
                    : identifier(name.substring(0, dot)) + "." + identifier(name.substring(dot + 1));
        }
    }

    static DatabaseSettings read(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT r.rolname, c.text
                  FROM pg_catalog.pg_db_role_setting s
                  JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase AND d.datname = ?
                  LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole,
                       pg_catalog.unnest(s.setconfig) WITH ORDINALITY c(text, number)
                 ORDER BY r.rolname NULLS FIRST, c.number
                """)) {
            statement.setString(1, database);
            List<Setting> settings = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String text = rows.getString(2);
                    int equals = text.indexOf('=');
                    settings.add(new Setting(rows.getString(1), text.substring(0, equals), text.substring(equals + 1)));
                }
            }
            return new DatabaseSettings(List.copyOf(settings));
        }
    }

    List<String> statements(String database) {
        return settings.stream().map(setting -> setting.statement(database)).toList();
    }

    /**
     * Those that a database needs before it is filled: what its views and constraints come to may depend on them, as on
     * {@code timezone}.
     *
     * @param user who fills it
     */
    List<String> statementsBeforeFilling(String database, String user) {
        return settings.stream()
                .filter(setting -> setting.role() == null || setting.role().equals(user))
                .filter(setting -> !IN_THE_WAY.contains(setting.name()))
                .map(setting -> setting.statement(database))
                .toList();
    }
}
