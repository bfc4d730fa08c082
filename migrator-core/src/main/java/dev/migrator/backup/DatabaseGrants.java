package dev.migrator.backup;

import static dev.migrator.sql.Quoting.identifier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a database; a dump does not have it.
 *
 * @param role that the session has taken on, {@code none} if it has not
 * @param grants null where nobody has ever granted or revoked anything: then PUBLIC may connect and make temporary tables
 */
record DatabaseGrants(String owner, String role, @Nullable List<Grant> grants) {

    /**
     * One of them.
     *
     * @param grantor who granted it: the owner, or somebody who was given that right
     * @param grantee null for PUBLIC
     */
    record Grant(String grantor, @Nullable String grantee, String privilege, boolean grantable) {

        String statement(String database) {
            return "GRANT " + privilege + " ON DATABASE " + identifier(database) + " TO "
                    + (grantee == null ? "PUBLIC" : identifier(grantee)) + (grantable ? " WITH GRANT OPTION" : "");
        }
    }

    static DatabaseGrants read(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT pg_catalog.pg_get_userbyid(d.datdba), d.datacl IS NULL, pg_catalog.pg_get_userbyid(a.grantor),
                       CASE a.grantee WHEN 0 THEN NULL ELSE pg_catalog.pg_get_userbyid(a.grantee) END,
                       a.privilege_type, a.is_grantable, pg_catalog.current_setting('role')
                  FROM pg_catalog.pg_database d
                  LEFT JOIN LATERAL pg_catalog.aclexplode(d.datacl) WITH ORDINALITY
                       a(grantor, grantee, privilege_type, is_grantable, number) ON true
                 WHERE d.datname = ?
                 ORDER BY a.number
                """)) {
            statement.setString(1, database);
            String owner = "";
            String role = "none";
            boolean untouched = false;
            List<Grant> grants = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    owner = rows.getString(1);
                    untouched = rows.getBoolean(2);
                    role = rows.getString(7);
                    if (rows.getString(5) != null) {
                        grants.add(
                                new Grant(rows.getString(3), rows.getString(4), rows.getString(5), rows.getBoolean(6)));
                    }
                }
            }
            return new DatabaseGrants(owner, role, untouched ? null : List.copyOf(grants));
        }
    }

    /** Statements that bring another database there from whatever it has; in a transaction, for they change the role. */
    List<String> statements(String database) {
        String name = identifier(database);
        List<String> statements = new ArrayList<>();
        statements.add("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        if (grants == null) {
            statements.add("GRANT CONNECT, TEMPORARY ON DATABASE " + name + " TO PUBLIC");
            return statements;
        }
        statements.add("REVOKE ALL ON DATABASE " + name + " FROM " + identifier(owner));
        for (Grant grant : grants) {
            // the server keeps them in such an order that a grantor had the right by then
            boolean byAnother = !grant.grantor().equals(owner);
            if (byAnother) {
                statements.add("SET LOCAL ROLE " + identifier(grant.grantor()));
            }
            statements.add(grant.statement(database));
            if (byAnother) {
                statements.add("SET LOCAL ROLE " + (role.equals("none") ? "NONE" : identifier(role)));
            }
        }
        return statements;
    }
}
