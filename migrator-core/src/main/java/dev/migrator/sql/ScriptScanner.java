package dev.migrator.sql;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first pass over a script: what is in it, before any of it runs. */
public final class ScriptScanner {

    /** So many problems of a kind are enough to see what is wrong. */
    private static final int MAX_PROBLEMS = 20;

    private final String script;
    private final StatementCursor cursor;
    private final List<ScriptException> problems = new ArrayList<>();
    private final Set<String> kinds = new HashSet<>();

    /**
     * Begins to read a script.
     *
     * @param script the script's name, for errors
     * @param in its bytes; not closed
     * @param defaults what is said about the script elsewhere; what it says itself goes before
     */
    public ScriptScanner(String script, InputStream in, Placeholders placeholders, Directives defaults) {
        this(script, in, placeholders, defaults, ScriptInput.BUFFER_SIZE);
    }

    ScriptScanner(String script, InputStream in, Placeholders placeholders, Directives defaults, int bufferSize) {
        this.script = script;
        this.cursor = new StatementCursor(script, in, bufferSize, false, placeholders, defaults, this::add);
    }

    /** Sums up the text after placeholders too; before anything is read. */
    public ScriptScanner summingReplaced() {
        cursor.sumReplaced();
        return this;
    }

    /** Reads a script to its end; nothing in it is replaced. */
    public static ScriptOutline scan(String script, InputStream in) throws IOException {
        return scan(script, in, ScriptInput.BUFFER_SIZE);
    }

    static ScriptOutline scan(String script, InputStream in, int bufferSize) throws IOException {
        return new ScriptScanner(script, in, Placeholders.NONE, Directives.NONE, bufferSize).outline();
    }

    /** One problem for each name: the places of the others are easily found. */
    private void add(ScriptException problem) {
        if (problems.size() < MAX_PROBLEMS && kinds.add(problem.problem())) {
            problems.add(problem);
        }
    }

    /**
     * Reads as far as to know the directives.
     *
     * @throws ScriptException if one of them is not understood
     */
    public Directives directives() throws IOException {
        cursor.readHead();
        return cursor.directives();
    }

    /**
     * Reads to the script's end. The memory needed does not grow with the script, but for its segments. May be called once.
     *
     * @throws ScriptException if the script cannot be read, or its transactions cannot be told apart
     */
    public ScriptOutline outline() throws IOException {
        Directives directives = directives();
        SegmentBuilder segments = new SegmentBuilder(directives.transaction());
        while (cursor.next()) {
            segments.add(cursor);
        }
        return new ScriptOutline(
                cursor.checksum(),
                cursor.replacedChecksum(),
                cursor.number(),
                segments.finish(script),
                directives,
                List.copyOf(problems));
    }

    int bufferSize() {
        return cursor.bufferSize();
    }

    /** How many placeholders of the current statement are kept. */
    int remembered() {
        return cursor.remembered();
    }
}
