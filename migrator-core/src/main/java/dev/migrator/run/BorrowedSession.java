package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.postgres.ClientWatch;
import dev.migrator.postgres.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that a pooler lends for the length of a transaction: the next one may meet another backend, and what stays set in
 * this one meets other clients. So each transaction brings all that it needs, and takes back all that it leaves.
 */
final class BorrowedSession implements ScriptSession {

    private static final List<String> OWN_ROLE =
            List.of("SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL role TO DEFAULT");

    /** DEALLOCATE ALL is missing with intent: a pooler keeps prepared statements of its clients there. */
    private static final List<String> DISCARD = List.of("CLOSE ALL", "UNLISTEN *", "DISCARD SEQUENCES", "DISCARD TEMP");

    private static final List<String> RESET = List.of("RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL");

    private final InitSql initSql;
    private final List<String> begin;
    private final List<String> leftBehind;

    BorrowedSession(Session session, TableName table, InitSql initSql) throws SQLException {
        this.initSql = initSql;
        List<String> asAgreed = session.agreedSettings();
        this.begin = new ArrayList<>(RESET);
        begin.addAll(asAgreed);
        begin.addAll(initSql.statements());
        begin.addAll(ClientWatch.local(session.connection()));
        begin.addAll(ScriptSession.searchPath("LOCAL", table, session.facts()));
        this.leftBehind = new ArrayList<>(DISCARD);
        leftBehind.addAll(RESET);
        leftBehind.addAll(asAgreed);
    }

    @Override
    public List<String> fresh() {
        return List.of();
    }

    @Override
    public List<String> transaction(TimeLimits limits) {
        List<String> statements = new ArrayList<>(begin);
        statements.addAll(limits.local());
        return statements;
    }

    @Override
    public List<String> lasting() {
        return List.of();
    }

    @Override
    public List<String> segment(TimeLimits limits) {
        return transaction(limits);
    }

    @Override
    public List<String> ownRole() {
        return OWN_ROLE;
    }

    @Override
    public List<String> leftBehind() {
        return leftBehind;
    }

    @Override
    public List<String> leave() {
        return List.of();
    }

    @Override
    public boolean isThePools(String statement) {
        return initSql.statements().contains(statement);
    }

    @Override
    public boolean isOwn() {
        return false;
    }
}
