package dev.migrator.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Skips what hides its content from the lexer: strings, quoted identifiers, dollar quotes and block comments. Each begins at the
 * cursor and is skipped with its end; one that has none is an error that says where it began.
 */
final class Quotes {

    private final ScriptInput in;
    private final Place opened;
    private final Substitution substitution;
    private byte[] tag = new byte[16];

    Quotes(ScriptInput in, Substitution substitution) {
        this.in = in;
        this.substitution = substitution;
        this.opened = in.newPlace();
    }

    /** A string in which a backslash is a backslash. A doubled quote is taken for the end of one string and the start of another. */
    void string() throws IOException {
        boolean[] stops = substitution.isOn() ? Stops.STRING_AND_DOLLAR : Stops.STRING;
        skipTo('\'', stops, ValueFit.STRING, "this string");
    }

    /** A string with backslash escapes, and those that continue it: {@code E'a' 'b'} with a line end between is one. */
    void escapeString() throws IOException {
        in.mark(opened);
        boolean[] stops = substitution.isOn() ? Stops.ESCAPE_STRING_AND_DOLLAR : Stops.ESCAPE_STRING;
        do {
            in.read();
            for (int b; (b = in.skipTo(stops)) != '\''; ) {
                if (b < 0) {
                    throw unclosed("this string");
                }
                if (b == '$') {
                    placeholder(ValueFit.ESCAPE_STRING);
                } else {
                    in.read();
                    in.read();
                }
            }
            in.read();
        } while (in.peek(0) == '\'' || continues());
    }

    void quotedName() throws IOException {
        boolean[] stops = substitution.isOn() ? Stops.QUOTED_NAME_AND_DOLLAR : Stops.QUOTED_NAME;
        skipTo('"', stops, ValueFit.QUOTED_NAME, "this quoted identifier");
    }

    /** A dollar sign that begins no parameter and does not stand inside an identifier. It may open a quote, or be no more than itself. */
    void dollar() throws IOException {
        in.mark(opened);
        in.read();
        int length = 0;
        for (int b; (b = in.peek(0)) != '$'; length++) {
            boolean belongs = Stops.startsName(b) || length > 0 && Stops.isDigit(b);
            if (!belongs) {
                return;
            }
            if (length == tag.length) {
                tag = Arrays.copyOf(tag, 2 * length);
            }
            tag[length] = (byte) in.read();
        }
        in.read();
        skipToTag(length);
    }

    /** scan.l's rules of nesting; a counter, so that no depth is too deep. */
    void blockComment() throws IOException {
        in.mark(opened);
        in.read();
        in.read();
        for (int depth = 1; depth > 0; ) {
            int b = in.skipTo(Stops.BLOCK_COMMENT);
            if (b < 0) {
                throw unclosed("this block comment");
            }
            in.read();
            if (b == '*' && in.peek(0) == '/') {
                in.read();
                depth--;
            } else if (b == '/' && in.peek(0) == '*') {
                in.read();
                depth++;
            }
        }
    }

    /** What is opened by a mark, and closed by the next such mark that is in no placeholder. */
    private void skipTo(char mark, boolean[] stops, ValueFit fit, String what) throws IOException {
        in.mark(opened);
        in.read();
        for (int b; (b = in.skipTo(stops)) != mark; ) {
            if (b < 0) {
                throw unclosed(what);
            }
            placeholder(fit);
        }
        in.read();
    }

    private void skipToTag(int length) throws IOException {
        for (; ; ) {
            if (in.skipTo(Stops.DOLLAR) < 0) {
                throw unclosed("this dollar quote");
            }
            if (substitution.isOnInBodies() && placeholderInBody(length)) {
                continue;
            }
            in.read();
            int matched = 0;
            while (matched < length && in.peek(0) == (tag[matched] & 0xFF)) {
                in.read();
                matched++;
            }
            // the dollar that is not consumed here may be the first of the right tag
            if (matched == length && in.peek(0) == '$') {
                in.read();
                return;
            }
        }
    }

    /** Passes a dollar, and with it the placeholder that it may begin. */
    private void placeholder(ValueFit fit) throws IOException {
        if (!substitution.pass(fit)) {
            in.read();
        }
    }

    /** Where the mark has no tag, two dollars end the body, and escape nothing. */
    private boolean placeholderInBody(int tagLength) throws IOException {
        if (in.peek(1) != '{' && in.peek(1) != '$') {
            return false;
        }
        ValueFit fit = ValueFit.body('$' + new String(tag, 0, tagLength, StandardCharsets.UTF_8) + '$');
        return tagLength == 0 ? substitution.passInCode(fit) : substitution.pass(fit);
    }

    /** scan.l: {@code quotecontinue}. White space may be consumed though nothing continues: it says nothing to the lexer. */
    private boolean continues() throws IOException {
        boolean lineEnd = false;
        for (; ; ) {
            int b = in.peek(0);
            if (Stops.isSpace(b)) {
                lineEnd |= b == '\n' || b == '\r';
                in.read();
            } else if (b == '-' && in.peek(1) == '-') {
                in.find(Stops.LINE);
            } else {
                return lineEnd && b == '\'';
            }
        }
    }

    private ScriptException unclosed(String what) {
        return in.error(opened, what + " is never closed");
    }
}
