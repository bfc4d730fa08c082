package dev.migrator.sql;

import java.io.IOException;
import java.io.InputStream;

/** The first pass over a script: what is in it, before any of it runs. */
public final class ScriptScanner {

    private ScriptScanner() {}

    /**
     * Reads a script to its end. The memory needed does not grow with the script, but for its segments.
     *
     * @param script the script's name, for errors
     * @param in its bytes; not closed
     * @throws ScriptException if the script cannot be read, or its transactions cannot be told apart
     */
    public static ScriptOutline scan(String script, InputStream in) throws IOException {
        return scan(script, in, ScriptInput.BUFFER_SIZE);
    }

    @SuppressWarnings("resource") // the stream is the caller's
    static ScriptOutline scan(String script, InputStream in, int bufferSize) throws IOException {
        StatementCursor cursor = new StatementCursor(script, in, bufferSize, false);
        boolean more = cursor.next();
        SegmentBuilder segments = new SegmentBuilder(cursor.directives().transaction());
        for (; more; more = cursor.next()) {
            segments.add(cursor);
        }
        return new ScriptOutline(cursor.checksum(), cursor.number(), segments.finish(script), cursor.directives());
    }
}
