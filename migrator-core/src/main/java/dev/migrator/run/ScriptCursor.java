package dev.migrator.run;

import dev.migrator.migration.Script;
import dev.migrator.sql.Directives;
import dev.migrator.sql.Kind;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Statement;
import dev.migrator.sql.StatementReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The second reading of a script, which can go back: a transaction that is tried again begins at its first statement. */
final class ScriptCursor implements Closeable {

    private final Script script;
    private final Placeholders placeholders;
    private final Directives directives;
    private StatementReader reader;
    private int position;

    ScriptCursor(Script script, Placeholders placeholders, Directives directives) throws IOException {
        this.script = script;
        this.placeholders = placeholders;
        this.directives = directives;
        this.reader = open();
    }

    private StatementReader open() throws IOException {
        return new StatementReader(script.path(), script.source().open(), placeholders, directives);
    }

    /** Where the script comes from, in words. */
    String origin() {
        return script.origin();
    }

    /** The next statement that is not transaction control, or null at the end. */
    @Nullable
    Statement next() throws IOException {
        Statement statement;
        do {
            statement = reader.next();
        } while (statement != null && statement.kind().controlsTransaction());
        if (statement != null) {
            position = statement.number();
        }
        return statement;
    }

    /** Goes to the point behind a statement's number, forwards or back to it. */
    void seek(int behind, Skipped skipped) throws IOException, StepFailure {
        if (position > behind) {
            reader.close();
            reader = open();
            position = 0;
        }
        while (position < behind) {
            Statement statement = next();
            if (statement == null) {
                throw new IOException(script.origin() + " has become shorter since it was scanned");
            }
            skipped.statement(statement);
            if (statement.kind() == Kind.COPY_FROM_STDIN) {
                // a checkpoint behind a COPY is behind its data, which its checksum counts
                reader.copyData().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Reads to the end. */
    void drain() throws IOException {
        while (next() != null) {
            // only the checksum of what is left is wanted
        }
    }

    /** The checksum of the text up to the last statement that was read; at the end, of all of it. */
    String checksum() {
        return reader.checksum();
    }

    StatementReader reader() {
        return reader;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Is told of what {@link #seek} passes. */
    interface Skipped {

        void statement(Statement statement) throws StepFailure;
    }
}
