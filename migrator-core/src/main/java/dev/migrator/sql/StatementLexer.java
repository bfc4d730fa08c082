package dev.migrator.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a statement ends, by the rules of PostgreSQL's {@code scan.l} and psql's {@code psqlscan.l}: at a semicolon
 * outside of quotes, comments, parentheses and routine bodies.
 */
final class StatementLexer {

    /** No keyword that may be written in quotes is longer. */
    private static final int MAX_LITERAL = 8;

    private final ScriptInput in;
    private final Quotes quotes;
    private final Substitution substitution;
    private final Place parenthesis;
    private final Place begin;
    private final Recognizer recognizer;
    private final ValueFit fit = this::misfit;
    /** Whether what is read is not the script, but the value of a placeholder in it. */
    private final boolean inValue;

    private boolean backslashEscapes;
    private int depth;
    /** Where the last quote ended, or the statement began: what stands before is no part of the current token. */
    private long floor;

    StatementLexer(ScriptInput in, Quotes quotes, Substitution substitution) {
        this(in, quotes, substitution, new Recognizer(), false);
    }

    private StatementLexer(
            ScriptInput in, Quotes quotes, Substitution substitution, Recognizer recognizer, boolean inValue) {
        this.in = in;
        this.quotes = quotes;
        this.substitution = substitution;
        this.recognizer = recognizer;
        this.inValue = inValue;
        this.parenthesis = in.newPlace();
        this.begin = in.newPlace();
    }

    /** What the statement that was skipped last means. */
    Meaning meaning() {
        return recognizer.meaning();
    }

    /**
     * Moves from a statement's first byte behind its semicolon, or to the end of the script.
     *
     * @param keepText whether the statement's text is wanted: it is held in the buffer then, as a BEGIN's is in any case
     * @return whether there was a semicolon
     */
    boolean skipStatement(boolean keepText) throws IOException {
        recognizer.reset();
        depth = 0;
        floor = in.offset();
        in.hold();
        substitution.startStatement();
        boolean ended = skipWhileAttentive();
        if (!keepText && recognizer.meaning() != Meaning.BEGIN) {
            in.release();
            substitution.forget();
        }
        ended = ended || skipToSemicolon();
        if (!ended) {
            checkNothingIsOpen();
        }
        followSettings();
        return ended;
    }

    private boolean skipToSemicolon() throws IOException {
        for (int b; (b = in.skipTo(Stops.CODE)) >= 0; ) {
            if (code(b)) {
                return true;
            }
        }
        return false;
    }

    /** Every token, until the statement's meaning is settled. Returns whether the statement has ended with that. */
    private boolean skipWhileAttentive() throws IOException {
        while (recognizer.attentive()) {
            int b = in.skipTo(Stops.TOKEN);
            if (b < 0) {
                return false;
            }
            long from = in.offset();
            if (Stops.startsName(b)) {
                boolean glued = substitution.endsAt(from);
                in.find(Stops.NAME);
                glued |= stepBackToPlaceholder();
                // a part of a name is no keyword
                word(glued ? Word.OTHER : in.word(from, in.offset()));
            } else if (Stops.isDigit(b)) {
                in.find(Stops.NUMBER);
                token(b == '0' && in.offset() == from + 1 ? Word.OFF : Word.OTHER);
            } else if (code(b)) {
                return true;
            }
        }
        return false;
    }

    /** What may open, close or end something, or any other token's first byte. Returns whether it ended the statement. */
    private boolean code(int b) throws IOException {
        switch (b) {
            case ';' -> {
                in.read();
                return depth == 0 && !recognizer.inBody();
            }
            case '\'' -> string();
            case '"' -> {
                quotes.quotedName();
                floor = in.offset();
                token(Word.OTHER);
            }
            case '$' -> dollar();
            case '-' -> dash();
            case '/' -> slash();
            case '(' -> open();
            case ')' -> close();
            case '\\' -> throw in.errorHere(PsqlCommand.problem(in));
            default -> symbol(b);
        }
        return false;
    }

    private void string() throws IOException {
        int prefix = in.behind(1, floor);
        boolean escapes = (prefix == 'e' || prefix == 'E') && !Stops.continuesName(in.behind(2, floor));
        long from = in.offset() + 1;
        if (escapes || backslashEscapes) {
            quotes.escapeString();
        } else {
            quotes.string();
        }
        floor = in.offset();
        if (recognizer.attentive()) {
            // as a value, 'off' is as good as off; a word it is not
            boolean off = floor - 1 - from <= MAX_LITERAL && isOff(in.word(from, floor - 1));
            token(off ? Word.OFF : Word.OTHER);
        }
    }

    /** A digit before it is taken for a name's: no grammar has a number before a quote, and psql's lexer differs there only. */
    private void dollar() throws IOException {
        boolean inName = Stops.continuesName(in.behind(1, floor));
        if (inName ? substitution.pass(fit) : substitution.passInCode(fit)) {
            floor = in.offset();
        } else if (inName || Stops.isDigit(in.peek(1))) {
            in.read();
        } else {
            quotes.dollar();
            floor = in.offset();
            token(Word.OTHER);
        }
    }

    /** A name may go on with dollars; the last one, or an escape's two, are a placeholder's. */
    private boolean stepBackToPlaceholder() throws IOException {
        boolean follows = substitution.isOn() && in.peek(0) == '{' && in.behind(1, floor) == '$';
        if (follows) {
            in.stepBack(in.behind(2, floor) == '$' ? 2 : 1);
        }
        return follows;
    }

    /** What keeps a value from being put in at the cursor; if nothing does, its tokens have been told to the recognizer. */
    private @Nullable String misfit(String value) {
        ScriptInput text = ScriptInput.of(value);
        Substitution none = new Substitution(text, Placeholders.NONE, problem -> {});
        StatementLexer lexer = new StatementLexer(text, new Quotes(text, none), none, recognizer, true);
        lexer.backslashEscapes = backslashEscapes;
        lexer.depth = depth;
        try {
            return lexer.misfit();
        } catch (ScriptException e) {
            return "cannot stand by itself: " + e.problem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String misfit() throws IOException {
        int outerDepth = depth;
        int outerBodyDepth = recognizer.bodyDepth();
        in.hold();
        if (skipWhileAttentive() || skipToSemicolon()) {
            return "holds a semicolon that would end the statement; a placeholder stands for a part of one statement";
        }
        return depth == outerDepth && recognizer.bodyDepth() == outerBodyDepth
                ? null
                : "opens or closes a parenthesis, or a BEGIN ATOMIC or CASE, without its counterpart";
    }

    private void dash() throws IOException {
        if (in.peek(1) == '-') {
            in.find(Stops.LINE);
            if (inValue && in.peek(0) < 0) {
                throw in.errorHere("it ends inside of a comment");
            }
        } else {
            symbol('-');
        }
    }

    private void slash() throws IOException {
        if (in.peek(1) == '*') {
            quotes.blockComment();
        } else {
            symbol('/');
        }
    }

    private void open() throws IOException {
        if (depth++ == 0) {
            in.mark(parenthesis);
        }
        in.read();
    }

    /** One too many is the server's to complain about, as in psqlscan.l. */
    private void close() throws IOException {
        in.read();
        if (depth == 1) {
            recognizer.optionEnd();
        }
        depth = Math.max(0, depth - 1);
    }

    private void symbol(int b) throws IOException {
        in.read();
        if (!recognizer.attentive()) {
            return;
        }
        if (depth == 1) {
            if (b == ',') {
                recognizer.optionEnd();
            }
        } else {
            token(b == '=' ? Word.TO : b == '.' ? Word.DOT : Word.OTHER);
        }
    }

    private void word(Word word) {
        boolean outside = !recognizer.inBody();
        token(isOff(word) ? Word.OFF : word);
        if (outside && recognizer.inBody()) {
            in.mark(begin);
        }
    }

    private void token(Word word) {
        if (!recognizer.attentive()) {
            return;
        }
        if (depth == 0) {
            recognizer.token(word);
        } else if (depth == 1) {
            recognizer.optionToken(word);
        }
    }

    private static boolean isOff(Word word) {
        return word == Word.OFF || word == Word.FALSE;
    }

    private void checkNothingIsOpen() {
        if (depth > 0) {
            throw in.error(parenthesis, "this parenthesis is never closed");
        }
        if (recognizer.inBody()) {
            throw in.error(begin, "this BEGIN ATOMIC has no END");
        }
    }

    private void followSettings() {
        switch (recognizer.meaning()) {
            case BACKSLASH_ESCAPES -> backslashEscapes = true;
            case STANDARD_STRINGS, DISCARD_ALL -> backslashEscapes = false;
            default -> {}
        }
    }
}
