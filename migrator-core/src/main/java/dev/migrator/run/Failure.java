package dev.migrator.run;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed statement.
 *
 * @param version the migration's version, or null for a repeatable
 * @param script the script's or the class's name
 * @param statement the statement's number, from 1; 0 where the failure is in no statement
 * @param statements how many statements the script has; 0 where that is not known
 * @param line the line in the script, from 1; 0 where there is none
 * @param column the column in the line, from 1, in characters; 0 where there is none
 * @param excerpt the line itself, with a caret under the column, or null
 * @param sqlState the five characters of the SQLSTATE, or null
 * @param message the server's message, or the exception's
 * @param detail the server's detail, or null
 * @param hint the server's hint, or null
 * @param constraint the constraint that was violated, or null
 * @param context where in functions and DO blocks it happened and what ran there, or null
 * @param inRollback whether the version was being taken back
 * @param callback the callback's script, if it is one that failed: statement, line and column are of that script then; else
 *     null. Where it is of no single migration, {@code script} is the same
 */
public record Failure(
        @Nullable String version,
        String script,
        int statement,
        int statements,
        int line,
        int column,
        @Nullable String excerpt,
        @Nullable String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        @Nullable String constraint,
        @Nullable String context,
        boolean inRollback,
        @Nullable String callback) {

    /** In a migration, not in a callback. */
    public Failure(
            @Nullable String version,
            String script,
            int statement,
            int statements,
            int line,
            int column,
            @Nullable String excerpt,
            @Nullable String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            @Nullable String constraint,
            @Nullable String context,
            boolean inRollback) {
        this(
                version,
                script,
                statement,
                statements,
                line,
                column,
                excerpt,
                sqlState,
                message,
                detail,
                hint,
                constraint,
                context,
                inRollback,
                null);
    }

    /** {@code script:line:column}, as far as it is known. */
    public String where() {
        String file = callback == null ? script : callback;
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }

    /** What, where and why, in as many lines as it takes. */
    public String describe() {
        StringBuilder text = new StringBuilder(callback != null ? "Callback " : inRollback ? "Rollback " : "Migration ")
                .append(where())
                .append(callback == null || callback.equals(script) ? "" : " of " + script)
                .append(" failed");
        if (statement > 0) {
            text.append(", statement ").append(statement);
            if (statements > 0) {
                text.append(" of ").append(statements);
            }
        }
        text.append('.');
        if (excerpt != null) {
            text.append("\n\n").append(excerpt.indent(4).stripTrailing()).append('\n');
        }
        text.append('\n')
                .append(sqlState == null ? "" : "PostgreSQL (SQLSTATE " + sqlState + "): ")
                .append(message);
        append(text, "Detail", detail);
        append(text, "Hint", hint);
        append(text, "Constraint", constraint);
        append(text, "Context", context);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }

    /** One line for the history table: {@code SQLSTATE message at script:line:column}. */
    public String summary() {
        return (sqlState == null ? "" : sqlState + " ") + message + " at " + where();
    }
}
