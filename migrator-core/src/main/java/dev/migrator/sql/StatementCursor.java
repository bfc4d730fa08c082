package dev.migrator.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Goes from statement to statement and knows of the current one what can be known without its text. */
final class StatementCursor implements Closeable {

    private final ScriptInput in;
    private final Gap gap;
    private final StatementLexer lexer;
    private final Place statement;
    private final boolean keepText;

    private int number;
    private long textEnd;
    private @Nullable CopyData data;
    private boolean dataPending;

    /**
     * @param keepText whether the text of every statement is wanted; else only a BEGIN's can be had, and the buffer does not grow
     */
    StatementCursor(String script, InputStream stream, int bufferSize, boolean keepText) {
        this.in = new ScriptInput(script, stream, bufferSize);
        Quotes quotes = new Quotes(in);
        this.gap = new Gap(in, quotes);
        this.lexer = new StatementLexer(in, quotes);
        this.statement = in.newPlace();
        this.keepText = keepText;
    }

    /** Moves to the next statement; false if there is none. */
    boolean next() throws IOException {
        in.release();
        if (dataPending) {
            copyData().skipRest();
            dataPending = false;
            data = null;
        }
        if (!gap.skip()) {
            return false;
        }
        in.markSettled(statement);
        boolean ended = lexer.skipStatement(keepText);
        dataPending = kind() == Kind.COPY_FROM_STDIN;
        if (!kind().controlsTransaction()) {
            number++;
        }
        textEnd = ended ? in.offset() - 1 : in.offset();
        return true;
    }

    Kind kind() {
        return lexer.meaning().kind();
    }

    boolean chain() {
        return lexer.meaning().chain();
    }

    /** The number of the current statement, or of the last one before it that counts. */
    int number() {
        return number;
    }

    int line() {
        return statement.line();
    }

    Directives directives() {
        return gap.directives();
    }

    String checksum() {
        return in.checksum();
    }

    int bufferSize() {
        return in.bufferSize();
    }

    int currentLine() {
        return in.line();
    }

    /** The current statement's text: its last semicolon is not in it. */
    String text() {
        long end = textEnd < in.offset() ? textEnd : in.trimmedEnd(statement.offset());
        return in.text(statement.offset(), end);
    }

    Statement statement() {
        return new Statement(
                kind().controlsTransaction() ? 0 : number,
                kind(),
                chain(),
                text(),
                in.before(statement, Excerpt.WIDTH),
                statement.line(),
                statement.column(),
                statement.offset(),
                in.offset());
    }

    /** The data of the current COPY. */
    CopyData copyData() throws IOException {
        if (!dataPending) {
            throw new IllegalStateException("the current statement is no COPY FROM STDIN");
        }
        if (data == null) {
            in.release();
            gap.skipLine();
            data = new CopyData(in, statement);
        }
        return data;
    }

    ScriptException error(String problem) {
        return in.error(statement, problem);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
