package dev.migrator.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the server whether a role may put another database in the place of the one that it is connected to. */
record RestoreConditions(Connection connection, String database) {

    /** One row for each thing that is in the way. */
    private static final String REPLACING = """
            WITH me AS (SELECT * FROM pg_catalog.pg_roles WHERE rolname = current_user),
                 it AS (SELECT d.*, pg_catalog.pg_get_userbyid(d.datdba) AS owner
                          FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
            SELECT 1, 'the database is the ' || CASE WHEN it.datistemplate THEN 'template' ELSE 'maintenance' END
                   || ' database ' || it.datname || ', which is never replaced.'
              FROM it WHERE it.datistemplate OR it.datname IN ('postgres', 'template1')
            UNION ALL
            SELECT 2, 'the role ' || me.rolname || ' is not the owner of the database, which is ' || it.owner
                   || ', nor a member of that: restore as ' || it.owner || ', or GRANT '
                   || pg_catalog.quote_ident(it.owner) || ' TO ' || pg_catalog.quote_ident(me.rolname) || '.'
              FROM me, it WHERE NOT pg_catalog.pg_has_role(it.datdba, 'USAGE')
            UNION ALL
            SELECT 3, 'a transaction is prepared there (' || p.gid || '): COMMIT PREPARED or ROLLBACK PREPARED it.'
              FROM pg_catalog.pg_prepared_xacts p, it WHERE p.database = it.datname
            UNION ALL
            SELECT 4, 'the logical replication slot ' || s.slot_name || ' belongs to the database and would stay with the old'
                   || ' one: end its consumer, and drop it (pg_drop_replication_slot).'
              FROM pg_catalog.pg_replication_slots s, it WHERE s.database = it.datname
            UNION ALL
            SELECT 5, 'the subscription ' || s.subname || ' belongs to the database and would stay with the old one: drop it'
                   || ' (DROP SUBSCRIPTION), and make it again afterwards.'
              FROM pg_catalog.pg_subscription s, it WHERE s.subdbid = it.oid
            """;

    /** What it takes to make another one of the same sort. */
    private static final String CREATING = """
            WITH me AS (SELECT * FROM pg_catalog.pg_roles WHERE rolname = current_user)
            SELECT 6, 'the role ' || me.rolname || ' may not create databases: ALTER ROLE '
                   || pg_catalog.quote_ident(me.rolname) || ' CREATEDB, or use another role.'
              FROM me WHERE NOT (me.rolcreatedb OR me.rolsuper)
            UNION ALL
            SELECT 7, 'the role ' || me.rolname || ' may not put a database into the tablespace ' || t.spcname
                   || ': GRANT CREATE ON TABLESPACE ' || pg_catalog.quote_ident(t.spcname) || ' TO '
                   || pg_catalog.quote_ident(me.rolname) || '.'
              FROM me, pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
             WHERE d.datname = pg_catalog.current_database()
               AND d.dattablespace <> (SELECT dattablespace FROM pg_catalog.pg_database WHERE datname = 'template0')
               AND NOT pg_catalog.has_tablespace_privilege(t.oid, 'CREATE')
            """;

    /** Everything that keeps the database from being replaced. */
    List<String> ofReplacing(DatabaseTraits traits) throws SQLException {
        List<String> problems = ask(REPLACING + " UNION ALL (" + CREATING + ") ORDER BY 1, 2");
        if (problems.isEmpty()) {
            problems.addAll(ofTraits(traits));
        }
        return problems;
    }

    /** Everything that keeps one from making another database of the same sort. */
    List<String> ofCreating() throws SQLException {
        return ask(CREATING + " ORDER BY 1, 2");
    }

    private List<String> ask(String query) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                problems.add(rows.getString(2));
            }
        }
        return problems;
    }

    /** Tries out what will be done to the new database, on this one: it sets what is set already, and is rolled back. */
    private List<String> ofTraits(DatabaseTraits traits) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            // not the driver's, which is read-only where the pool or the database has said so: so is a frozen
            // application's
            statement.execute("BEGIN READ WRITE");
            try {
                return problems(traits, statement);
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    private List<String> problems(DatabaseTraits traits, Statement statement) {
        for (String text : traits.statements(database)) {
            try {
                statement.execute(text);
            } catch (SQLException e) {
                return List.of("what the database has set could not be set again (" + text + "): " + e.getMessage()
                        + ". Restore as a role that may do that, such as a superuser.");
            }
        }
        return List.of();
    }
}
