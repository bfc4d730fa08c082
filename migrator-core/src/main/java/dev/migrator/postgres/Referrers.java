package dev.migrator.postgres;

import dev.migrator.sql.Quoting;
import java.sql.SQLException;

/** Tells whether a table's rows can go alone. */
public final class Referrers {

    private final BriefQuery query;

    public Referrers(BriefQuery query) {
        this.query = query;
    }

    /**
     * Whether rows that refer to a table's rows are deleted with them, or lose their reference: to the table itself, to one that
     * is part of it, or to one that is behind a view. Where that cannot be told, they are taken to be.
     *
     * @param relation its name as a statement has it
     */
    public boolean goAlongWith(String relation) throws SQLException {
        return query.number("""
                WITH RECURSIVE touched AS (
                    SELECT pg_catalog.to_regclass(%s)::pg_catalog.oid AS oid
                    UNION
                    SELECT next.oid
                      FROM touched t, LATERAL (
                           SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = t.oid
                           UNION ALL
                           SELECT d.refobjid
                             FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_depend d ON d.objid = r.oid
                            WHERE r.ev_class = t.oid
                              AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) next (oid))
                SELECT count(*) FROM touched t JOIN pg_catalog.pg_constraint c ON c.confrelid = t.oid
                 WHERE c.contype = 'f' AND c.confdeltype IN ('c', 'n', 'd')
                """.formatted(Quoting.literal(relation))) != 0;
    }
}
