package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * A script cannot be read: its encoding, a directive, or something that is opened and never closed. The message is
 * {@code script:line:column: what is wrong}, followed by the line with a caret where that can be had.
 */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String script;
    private final int line;
    private final int column;
    private final String problem;
    private final @Nullable String excerpt;

    ScriptException(String script, int line, int column, String problem, @Nullable String excerpt) {
        super(script + ":" + line + ":" + column + ": " + problem + (excerpt == null ? "" : "\n" + excerpt));
        this.script = script;
        this.line = line;
        this.column = column;
        this.problem = problem;
        this.excerpt = excerpt;
    }

    /** The script's name, as it was given to the reader. */
    public String script() {
        return script;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, from 1, in characters. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** The line with a caret under the column, or null where the line is no longer at hand. */
    public @Nullable String excerpt() {
        return excerpt;
    }
}
