package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;
import static dev.migrator.sql.Quoting.literal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a database what it is, besides its contents; a dump has none of it.
 *
 * @param creation the options of {@code CREATE DATABASE} that cannot be changed later, and the owner
 * @param connectionLimit -1 for none
 * @param labels statements without the database's name, for security labels
 */
record DatabaseTraits(
        String owner,
        String creation,
        int connectionLimit,
        @Nullable String comment,
        DatabaseGrants grants,
        DatabaseSettings settings,
        List<Label> labels) {

    /** A security label. */
    record Label(String provider, String text) {}

    /** A tablespace is named only where it is not the one that a new database has anyway: naming it wants a right on it. */
    private static final String QUERY = """
            SELECT pg_catalog.pg_get_userbyid(d.datdba),
                   pg_catalog.format(' OWNER %%I ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L', pg_catalog.pg_get_userbyid(d.datdba),
                                     pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
                   || %s
                   || CASE WHEN d.dattablespace = o.dattablespace THEN ''
                           ELSE (SELECT pg_catalog.format(' TABLESPACE %%I', spcname)
                                   FROM pg_catalog.pg_tablespace WHERE oid = d.dattablespace) END,
                   d.datconnlimit,
                   pg_catalog.shobj_description(d.oid, 'pg_database')
              FROM pg_catalog.pg_database d, pg_catalog.pg_database o
             WHERE d.datname = ? AND o.datname = 'template0'
            """;

    private static final String LABELS = """
            SELECT l.provider, l.label FROM pg_catalog.pg_shseclabel l JOIN pg_catalog.pg_database d ON d.oid = l.objoid
             WHERE l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND d.datname = ? ORDER BY l.provider
            """;

    static DatabaseTraits read(Connection connection, int serverMajor, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY.formatted(provider(serverMajor)))) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("There is no database " + database);
                }
                return new DatabaseTraits(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        DatabaseGrants.read(connection, database),
                        DatabaseSettings.read(connection, database),
                        labels(connection, database));
            }
        }
    }

    /** Which library knows the order of its texts: each release has called it otherwise. */
    private static String provider(int serverMajor) {
        String libc = " ELSE ' LOCALE_PROVIDER libc' END";
        String rules = " || coalesce(pg_catalog.format(' ICU_RULES %L', d.daticurules), '')";
        if (serverMajor < 15) {
            return "''";
        }
        if (serverMajor == 15) {
            return "CASE d.datlocprovider WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',"
                    + " d.daticulocale)" + libc;
        }
        if (serverMajor == 16) {
            return "CASE d.datlocprovider WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',"
                    + " d.daticulocale)" + rules + libc;
        }
        return "CASE d.datlocprovider WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L', d.datlocale)"
                + rules + " WHEN 'b' THEN pg_catalog.format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', d.datlocale)"
                + libc;
    }

    private static List<Label> labels(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LABELS)) {
            statement.setString(1, database);
            List<Label> labels = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    labels.add(new Label(rows.getString(1), rows.getString(2)));
                }
            }
            return labels;
        }
    }

    /** The statement that creates an empty database of this sort. */
    String create(String name) {
        return "CREATE DATABASE " + identifier(name) + " TEMPLATE template0" + creation;
    }

    /** Statements that give a database of this sort all the rest; in a transaction. */
    List<String> statements(String name) {
        List<String> statements = new ArrayList<>(grants.statements(name));
        statements.addAll(settings.statements(name));
        statements.add("ALTER DATABASE " + identifier(name) + " CONNECTION LIMIT " + connectionLimit);
        statements.add("COMMENT ON DATABASE " + identifier(name) + " IS " + literal(comment));
        labels.forEach(label -> statements.add("SECURITY LABEL FOR " + identifier(label.provider()) + " ON DATABASE "
                + identifier(name) + " IS " + literal(label.text())));
        return statements;
    }
}
