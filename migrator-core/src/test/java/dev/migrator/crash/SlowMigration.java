package dev.migrator.crash;

import dev.migrator.testing.Scripts;
import java.util.List;

/**
 * Three migrations of which the second, cut by an index, is slow the first time: long enough for the server, or the network, to
 * end it.
 */
final class SlowMigration {

    /** To be executed before the run. */
    static final List<String> SLOW = List.of("CREATE SCHEMA test", "CREATE TABLE test.pace AS SELECT 300 AS seconds");

    /** Sees it wait. */
    static final String SLEEPS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND state = 'active' AND wait_event = 'PgSleep'";

    /** To be executed before the next run. */
    static final String QUICK = "UPDATE test.pace SET seconds = 0";

    /** The state of each row in the end: the second migration's first row tells of the instance that died. */
    static final List<String> HISTORY = List.of("1 applied 2/2", "2 interrupted 1/4", "2 applied 4/4", "3 applied 1/1");

    static final String HISTORY_QUERY =
            "SELECT concat_ws(' ', version, state, statements_done || '/' || statements_total)"
                    + " FROM schema_migrations ORDER BY id";

    /** What is there once in the end: rows and valid indexes. */
    static final String RESULT = "SELECT concat_ws(' ', count(*), sum(id), (SELECT count(*) FROM pg_index"
            + " WHERE indrelid = 'a'::regclass AND indisvalid), to_regclass('b'), to_regclass('c')) FROM a";

    static final String EXPECTED = "101 5051 1 b c";

    private SlowMigration() {}

    static Scripts writeTo(Scripts scripts) {
        return scripts.with("V1__a.sql", """
                        CREATE TABLE a (id int);
                        INSERT INTO a SELECT generate_series(1, 100);
                        """).with("V2__slow.sql", """
                        CREATE INDEX CONCURRENTLY a_id ON a (id);
                        CREATE TABLE b (id int);
                        INSERT INTO a VALUES (1);
                        SELECT pg_sleep(seconds) FROM test.pace;
                        """).with("V3__c.sql", "CREATE TABLE c (id int);");
    }
}
