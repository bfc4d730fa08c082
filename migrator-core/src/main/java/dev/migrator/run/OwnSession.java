package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.postgres.ClientWatch;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A session of one's own: what is set in it lasts until the next script, and goes with the connection. */
final class OwnSession implements ScriptSession {

    /** What DISCARD ALL does, which cannot run in a transaction and would give our own lock away. */
    private static final List<String> DISCARD =
            List.of("CLOSE ALL", "UNLISTEN *", "DEALLOCATE ALL", "DISCARD SEQUENCES", "DISCARD TEMP");

    private static final String RESET_ALL = "RESET ALL";

    /** Back to what the connection began with, in this order: the second is reset to the first's default. */
    private static final List<String> BARE = List.of("RESET SESSION AUTHORIZATION", "RESET ROLE", RESET_ALL);

    private final InitSql initSql;
    private final List<String> fresh;
    private final List<String> searchPath;
    private final List<String> ownRole;
    private boolean used;

    OwnSession(Session session, TableName table, InitSql initSql) throws SQLException {
        ServerFacts facts = session.facts();
        this.initSql = initSql;
        this.searchPath = ScriptSession.searchPath("SESSION", table, facts);
        this.ownRole = ownRole(facts);
        session.touch();
        this.fresh = fresh(facts, ClientWatch.begin(session.connection()));
    }

    /** The user and the role that the pool gave the session, to be had again with these two, in this order. */
    private static List<String> ownRole(ServerFacts facts) {
        String role = "none".equals(facts.role()) ? "NONE" : Quoting.identifier(facts.role());
        return List.of("SESSION AUTHORIZATION " + Quoting.identifier(facts.user()), "ROLE " + role);
    }

    private List<String> fresh(ServerFacts facts, List<String> clientWatch) {
        List<String> statements = new ArrayList<>(DISCARD);
        statements.addAll(initSql.statements().isEmpty() ? List.of(RESET_ALL) : begun(facts));
        statements.addAll(leave());
        statements.addAll(facts.restore());
        statements.addAll(clientWatch);
        return statements;
    }

    /** The pool runs its own SQL on a bare connection, of which it has said the schema, and may choose a role there. */
    private List<String> begun(ServerFacts facts) {
        List<String> statements = new ArrayList<>(BARE);
        statements.add(facts.restoreSearchPath());
        statements.addAll(initSql.statements());
        return statements;
    }

    @Override
    public List<String> fresh() {
        List<String> statements = used ? fresh : List.of();
        used = true;
        return statements;
    }

    @Override
    public List<String> transaction(TimeLimits limits) {
        List<String> statements = new ArrayList<>(searchPath);
        statements.addAll(limits.local());
        return statements;
    }

    /** Code outside of a transaction may be busy elsewhere for long. */
    @Override
    public List<String> lasting() {
        List<String> statements = new ArrayList<>(searchPath);
        statements.add(Session.BE_IDLE);
        return statements;
    }

    @Override
    public List<String> segment(TimeLimits limits) {
        return List.of();
    }

    @Override
    public List<String> ownRole() {
        return ownRole.stream().map(role -> "SET LOCAL " + role).toList();
    }

    @Override
    public List<String> leftBehind() {
        return List.of();
    }

    @Override
    public List<String> leave() {
        return ownRole.stream().map(role -> "SET " + role).toList();
    }

    @Override
    public boolean isThePools(String statement) {
        return initSql.statements().contains(statement);
    }

    @Override
    public boolean isOwn() {
        return true;
    }
}
