package dev.migrator.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a script statement by statement, as psql would send them, from a stream of any length: the buffer holds one statement.
 *
 * <p>The text is UTF-8, with or without a byte order mark. What cannot be read is a {@link ScriptException} that says where: bytes
 * that are no UTF-8, a NUL, a quote that is never closed, a command of psql.
 *
 * <p>Not safe for use by several threads.
 */
public final class StatementReader implements Closeable {

    private final StatementCursor cursor;
    private boolean current;

    /**
     * @param script the script's name, for errors
     * @param in its bytes; closed with this reader
     */
    public StatementReader(String script, InputStream in) {
        this(script, in, Placeholders.NONE, Directives.NONE);
    }

    /**
     * A reader that replaces placeholders. One that cannot be replaced is a {@link ScriptException} of {@link #next()}.
     *
     * @param script the script's name, for errors
     * @param in its bytes; closed with this reader
     * @param defaults what is said about the script elsewhere; what it says itself goes before
     */
    public StatementReader(String script, InputStream in, Placeholders placeholders, Directives defaults) {
        this(script, in, placeholders, defaults, ScriptInput.BUFFER_SIZE);
    }

    StatementReader(String script, InputStream in, int bufferSize) {
        this(script, in, Placeholders.NONE, Directives.NONE, bufferSize);
    }

    StatementReader(String script, InputStream in, Placeholders placeholders, Directives defaults, int bufferSize) {
        this.cursor = new StatementCursor(script, in, bufferSize, true, placeholders, defaults, problem -> {
            throw problem;
        });
    }

    /**
     * The next statement, or null at the script's end. What was not read of a COPY's data is skipped.
     *
     * @throws ScriptException if the script cannot be read on
     */
    public @Nullable Statement next() throws IOException {
        current = cursor.next();
        return current ? cursor.statement() : null;
    }

    /**
     * The data that follows the COPY … FROM STDIN that {@link #next()} returned last: its lines up to the end mark {@code \.}, as
     * they stand in the script. It need not be closed, and is valid until the next statement is asked for. Reading it throws a
     * {@link ScriptException} if the end mark is missing.
     *
     * @throws IllegalStateException if the last statement is no such COPY
     */
    public InputStream copyData() throws IOException {
        if (!current) {
            throw new IllegalStateException("there is no current statement");
        }
        return cursor.copyData();
    }

    /** The directives at the script's head. They are known once {@link #next()} has been called. */
    public Directives directives() {
        return cursor.directives();
    }

    /**
     * The {@link Checksum} of the script up to the end of the statement that {@link #next()} returned last, its semicolon and as
     * much of its COPY data as has been read included; of the whole script after null.
     */
    public String checksum() {
        return cursor.checksum();
    }

    /** The line to which the script has been read, from 1. */
    public int line() {
        return cursor.currentLine();
    }

    int bufferSize() {
        return cursor.bufferSize();
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
