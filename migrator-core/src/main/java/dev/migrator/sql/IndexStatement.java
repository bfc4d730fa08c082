package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code CREATE INDEX CONCURRENTLY} says.
 *
 * @param name the index's name as the catalog has it, without a schema (it is the table's); null where PostgreSQL chooses one
 * @param table the table as it is written, with quotes and schema
 * @param definition all that follows the table: {@code USING btree (title)} and so on
 */
public record IndexStatement(boolean unique, @Nullable String name, String table, String definition) {

    /** Reads a statement; null if it is another one, or one that is not understood. */
    public static @Nullable IndexStatement parse(String statement) {
        return parse(new StatementWords(statement));
    }

    private static @Nullable IndexStatement parse(StatementWords words) {
        if (!words.skipped("create")) {
            return null;
        }
        boolean unique = words.skipped("unique");
        if (!words.skipped("index") || !words.skipped("concurrently")) {
            return null;
        }
        if (words.skipped("if") && !(words.skipped("not") && words.skipped("exists"))) {
            return null;
        }
        String name = null;
        if (!words.skipped("on")) {
            name = words.identifier();
            if (name == null || !words.skipped("on")) {
                return null;
            }
        }
        words.skipped("only");
        String table = words.name();
        return table == null ? null : new IndexStatement(unique, name, table, words.rest());
    }
}
