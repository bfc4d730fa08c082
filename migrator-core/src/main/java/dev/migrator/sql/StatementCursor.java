package dev.migrator.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes from statement to statement and knows of the current one what can be known without its text. */
final class StatementCursor implements Closeable {

    private final ScriptInput in;
    private final Substitution substitution;
    private final Gap gap;
    private final StatementLexer lexer;
    private final Place statement;
    private final boolean keepText;
    private final Directives defaults;

    private int number;
    private long textEnd;
    private @Nullable CopyData data;
    private boolean dataPending;
    private boolean atHead = true;
    private boolean afterHead;

    /**
     * @param defaults what is said about the script elsewhere; what it says itself goes before
     * @param problems is told of each placeholder that cannot be replaced, and may throw; if it does not, the text stays
     * @param keepText whether the text of every statement is wanted; else only a BEGIN's can be had, and the buffer does not grow
     */
    StatementCursor(
            String script,
            InputStream stream,
            int bufferSize,
            boolean keepText,
            Placeholders placeholders,
            Directives defaults,
            Consumer<ScriptException> problems) {
        this.in = new ScriptInput(script, stream, bufferSize);
        this.substitution = new Substitution(in, placeholders, problems);
        Quotes quotes = new Quotes(in, substitution);
        this.gap = new Gap(in, quotes);
        this.lexer = new StatementLexer(in, quotes, substitution);
        this.statement = in.newPlace();
        this.keepText = keepText;
        this.defaults = defaults;
    }

    /** Sums up the text after placeholders too. Only before anything is read. */
    void sumReplaced() {
        in.sumReplaced();
    }

    /** Reads the comments before the first statement, and with them the directives. */
    void readHead() throws IOException {
        if (atHead) {
            atHead = false;
            afterHead = gap.skip();
            substitution.replacing(directives().placeholders());
        }
    }

    /** Moves to the next statement; false if there is none. */
    boolean next() throws IOException {
        readHead();
        in.release();
        if (dataPending) {
            copyData().skipRest();
            dataPending = false;
            data = null;
        }
        if (!afterHead && !gap.skip()) {
            return false;
        }
        afterHead = false;
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

    /** Known once {@link #readHead()} has been called. */
    Directives directives() {
        return gap.directives().or(defaults);
    }

    String checksum() {
        return in.checksum();
    }

    String replacedChecksum() {
        return in.replacedChecksum();
    }

    /** How many placeholders of the current statement are kept. */
    int remembered() {
        return substitution.replacements().size();
    }

    int bufferSize() {
        return in.bufferSize();
    }

    int currentLine() {
        return in.line();
    }

    /** The current statement's text as it stands in the script: its last semicolon is not in it. */
    private String source() {
        long end = textEnd < in.offset() ? textEnd : in.trimmedEnd(statement.offset());
        return in.text(statement.offset(), end);
    }

    Statement statement() {
        String source = source();
        SentText sent = SentText.of(in, statement.offset(), source, substitution.replacements());
        return new Statement(
                kind().controlsTransaction() ? 0 : number,
                kind(),
                chain(),
                sent.text(),
                sent.source(),
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
