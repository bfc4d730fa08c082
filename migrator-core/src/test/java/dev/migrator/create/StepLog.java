package dev.migrator.create;

import dev.migrator.testing.Requirement;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Writes down what each ALTER TABLE of a database holds and has done at its end, while its transaction is still open;
 * and can make one stand still there, with all its locks.
 */
final class StepLog {

    private static final String STOP = "4711";

    private final TestDatabase database;

    StepLog(TestDatabase database) {
        Requirement.server(15, "pg_stat_force_next_flush()");
        this.database = database;
        database.execute(
                "create schema watch",
                "create table watch.steps (n serial, query text, modes text, scans bigint)",
                "create table watch.stops (pattern text)",
                """
                create function watch.note() returns event_trigger language plpgsql as $$
                begin
                    insert into watch.steps (query, modes, scans)
                    select current_query(),
                        (select string_agg(c.relname || ' ' || l.mode, ', ' order by c.relname, l.mode) from pg_locks l
                            join pg_class c on c.oid = l.relation
                            where l.pid = pg_backend_pid() and c.relname in ('my_table', 'other_table')),
                        -- together with what earlier transactions have not reported yet
                        (select sum(seq_scan) from pg_stat_xact_all_tables where relname in ('my_table', 'other_table'));
                    perform pg_stat_force_next_flush();
                    if exists (select from watch.stops where current_query() ilike pattern) then
                        perform pg_advisory_xact_lock_shared(4711);
                    end if;
                end $$""",
                "create event trigger note on ddl_command_end when tag in ('ALTER TABLE') execute function watch.note()");
    }

    /** The steps in short: what they lock, and whether they have read a table. */
    List<String> steps() {
        return database.column(
                "select modes || case when scans > 0 then ': scan' else '' end from watch.steps order by n");
    }

    /** Statements of that pattern stand still at their end while this is open. */
    AutoCloseable stopping(String pattern) throws SQLException {
        database.execute("insert into watch.stops values ('" + pattern + "')");
        Connection holder = database.dataSource().getConnection();
        try (Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + STOP + ")");
        }
        return holder::close;
    }

    /** Whether a statement stands still. */
    boolean isStopped() {
        return database.value(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = " + STOP)
                .equals("1");
    }

    /** Runs it as the application would, which does not wait for long. */
    static int asTraffic(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '2s'");
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
            return statement.getUpdateCount();
        }
    }
}
