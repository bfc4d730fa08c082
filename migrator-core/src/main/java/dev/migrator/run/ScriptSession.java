package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.sql.NameList;
import dev.migrator.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/** How the session is made ready for a script, and what of the script is taken back behind it. */
interface ScriptSession {

    /** Notes, until the end of the transaction, in which role the script runs. */
    String SET_ROLE_ASIDE = "SELECT pg_catalog.set_config('migrator.script_user', session_user::pg_catalog.text, true),"
            + " pg_catalog.set_config('migrator.script_role', pg_catalog.current_setting('role'), true)";

    /** Takes that role again; in this order, for the first resets the second. */
    List<String> TAKE_ROLE_UP = List.of(
            "SELECT pg_catalog.set_config('session_authorization',"
                    + " pg_catalog.current_setting('migrator.script_user'), true)",
            "SELECT pg_catalog.set_config('role', pg_catalog.current_setting('migrator.script_role'), true)");

    /**
     * The statements of a transaction before a script's first one, which make the session what it was when the pool gave it;
     * none for the first script. It is to be committed before the script's transaction begins, which takes its isolation level,
     * and whether it may write, from the session.
     */
    List<String> fresh();

    /** What a script's only transaction begins with. */
    List<String> transaction(TimeLimits limits);

    /** What is set ahead of several segments, or of code outside of a transaction, to last until the script's end. */
    List<String> lasting();

    /** What each transaction of several begins with, where nothing lasts. */
    List<String> segment(TimeLimits limits);

    /**
     * Takes back a SET ROLE or SET SESSION AUTHORIZATION of the script for the statements that write its history row, until
     * the end of their transaction.
     */
    List<String> ownRole();

    /** What each transaction ends with, behind its history row. */
    List<String> leftBehind();

    /** The statements, if any, that take back for good the role that a script has left behind when it failed. */
    List<String> leave();

    /** Whether that is a statement of {@link InitSql}, among those that make the session ready. */
    boolean isThePools(String statement);

    /** Whether the session is one's own, so that what is set in it lasts, and statements can run outside of transactions. */
    boolean isOwn();

    /**
     * With a schema of their own, scripts find it first. It is set by a SET: behind a SELECT, and be it of set_config, a script
     * could no longer say of what sort its transaction is to be.
     */
    static List<String> searchPath(String scope, TableName table, ServerFacts facts) {
        String schema = table.schema();
        if (schema == null) {
            return List.of();
        }
        List<String> path = new ArrayList<>(List.of(Quoting.literal(schema)));
        path.addAll(NameList.literals(facts.searchPath()));
        return List.of("SET " + scope + " search_path = " + String.join(", ", path));
    }
}
