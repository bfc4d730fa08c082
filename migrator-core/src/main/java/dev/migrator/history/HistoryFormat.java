package dev.migrator.history;

import dev.migrator.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/**
 * The table's own history: format 0 is "no table", and each entry of {@link #UPGRADES} leads to the next format. The number
 * stands in the table's comment.
 */
public final class HistoryFormat {

    private static final String COMMENT = "Migrator's history, format ";

    private static final List<List<String>> UPGRADES = List.of(List.of("""
            CREATE TABLE %s (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                run_id uuid NOT NULL,
                version text,
                description text NOT NULL,
                script text NOT NULL,
                kind text NOT NULL,
                checksum text,
                state text NOT NULL,
                statements_done int NOT NULL DEFAULT 0,
                statements_total int NOT NULL DEFAULT 0,
                done_checksum text,
                started_at timestamptz NOT NULL DEFAULT now(),
                duration_ms bigint,
                installed_by text NOT NULL DEFAULT current_user,
                actor text,
                instance text,
                rollback_script text,
                details jsonb,
                wal_lsn pg_lsn,
                backup text,
                error text
            )"""));

    private HistoryFormat() {}

    /** The newest format that this library knows, which is the one that it leaves behind. */
    public static int newest() {
        return UPGRADES.size();
    }

    /** Reads the format from the table's comment; 1 where the comment was lost, for the columns were right. */
    public static int ofComment(String comment) {
        if (!comment.startsWith(COMMENT)) {
            return 1;
        }
        try {
            return Integer.parseInt(comment.substring(COMMENT.length()));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** The statements that lead from a format to the newest; none if it is that already, or newer. */
    public static List<String> upgrade(TableName name, int from) {
        List<String> statements = new ArrayList<>();
        for (int format = from; format < UPGRADES.size(); format++) {
            for (String statement : UPGRADES.get(format)) {
                statements.add(statement.formatted(name.quoted()));
            }
        }
        if (!statements.isEmpty()) {
            statements.add("COMMENT ON TABLE " + name.quoted() + " IS " + Quoting.literal(COMMENT + newest()));
        }
        return statements;
    }
}
