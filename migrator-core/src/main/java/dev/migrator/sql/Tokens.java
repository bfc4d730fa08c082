package dev.migrator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells a script's keywords, strings, numbers and comments apart, for the eye only: by the rules of quotes and comments by
 * which {@link StatementLexer} finds where a statement ends, but without placeholders, and without ever failing. What is never
 * closed goes on to the end of the text.
 */
public final class Tokens {

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final CopyHead copy = new CopyHead();
    private final int end;
    private int at;
    /** The last word or other token, and the one before it. */
    private String last = "";

    private String beforeLast = "";

    private Tokens(String text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /** The parts in their order; what is between them has no colour. */
    public static List<Token> of(String text) {
        return new Tokens(text, 0, text.length()).read();
    }

    private List<Token> read() {
        while (at < end) {
            next();
        }
        return tokens;
    }

    private void next() {
        char c = text.charAt(at);
        int from = at;
        if (c == '-' && peek(1) == '-') {
            at = lineEnd(at);
            add(Token.Sort.COMMENT, from);
        } else if (c == '/' && peek(1) == '*') {
            skipBlockComment();
            add(Token.Sort.COMMENT, from);
        } else if (c == '\'') {
            skipString();
            add(Token.Sort.STRING, from);
            token("'");
        } else if (c == '"') {
            skipTo('"');
            token("\"");
        } else if (c == '$') {
            dollar();
        } else if (Stops.isDigit(c)) {
            skipNumber();
            add(Token.Sort.NUMBER, from);
            token("0");
        } else if (startsName(c)) {
            word();
        } else {
            at++;
            symbol(c);
        }
    }

    private void symbol(char c) {
        if (c == ';') {
            boolean data = copy.readsData();
            copy.reset();
            last = "";
            beforeLast = "";
            if (data) {
                skipData();
            }
        } else if (!Stops.isSpace(c)) {
            token(String.valueOf(c));
        }
    }

    private void word() {
        int from = at;
        while (at < end && continuesName(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at).toUpperCase(Locale.ROOT);
        if (Keywords.isKeyword(word)) {
            add(Token.Sort.KEYWORD, from);
        }
        copy.word(word);
        token(word);
    }

    private void token(String token) {
        beforeLast = last;
        last = token;
    }

    private void dollar() {
        int from = at;
        int mark = at + 1;
        while (mark < end && text.charAt(mark) != '$' && belongsToTag(mark, from)) {
            mark++;
        }
        if (mark >= end || text.charAt(mark) != '$') {
            at++;
            token("$");
            return;
        }
        String quote = text.substring(from, mark + 1);
        int body = mark + 1;
        int close = text.indexOf(quote, body);
        int bodyEnd = close < 0 || close > end ? end : close;
        at = Math.min(end, bodyEnd + quote.length());
        if (isCode()) {
            tokens.add(new Token(Token.Sort.STRING, from, body));
            tokens.addAll(new Tokens(text, body, bodyEnd).read());
            if (bodyEnd < at) {
                tokens.add(new Token(Token.Sort.STRING, bodyEnd, at));
            }
        } else {
            add(Token.Sort.STRING, from);
        }
        token("'");
    }

    private boolean belongsToTag(int index, int from) {
        char c = text.charAt(index);
        return startsName(c) || index > from + 1 && Stops.isDigit(c);
    }

    /** Whether what is quoted is a function's or a block's body. */
    private boolean isCode() {
        return last.equals("AS") || last.equals("DO") || beforeLast.equals("LANGUAGE");
    }

    private void skipBlockComment() {
        at += 2;
        for (int depth = 1; depth > 0 && at < end; ) {
            char c = text.charAt(at);
            if (c == '*' && peek(1) == '/') {
                at += 2;
                depth--;
            } else if (c == '/' && peek(1) == '*') {
                at += 2;
                depth++;
            } else {
                at++;
            }
        }
        at = Math.min(at, end);
    }

    private void skipString() {
        boolean escapes = at > 0
                && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                && (at == 1 || !continuesName(text.charAt(at - 2)));
        if (!escapes) {
            skipTo('\'');
            return;
        }
        at++;
        while (at < end && text.charAt(at) != '\'') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(end, at + 1);
    }

    private void skipTo(char mark) {
        int close = text.indexOf(mark, at + 1);
        at = close < 0 || close >= end ? end : close + 1;
    }

    private void skipNumber() {
        while (at < end && (Stops.isDigit(text.charAt(at)) || text.charAt(at) == '.' || isLetter(text.charAt(at)))) {
            at++;
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    /** The rows of {@code COPY … FROM STDIN}, up to the line that ends them. */
    private void skipData() {
        at = Math.min(end, lineEnd(at) + 1);
        while (at < end) {
            int lineEnd = lineEnd(at);
            boolean last = text.substring(at, lineEnd).stripTrailing().equals("\\.");
            at = Math.min(end, lineEnd + 1);
            if (last) {
                return;
            }
        }
    }

    private int lineEnd(int from) {
        int index = text.indexOf('\n', from);
        return index < 0 || index > end ? end : index;
    }

    private int peek(int distance) {
        return at + distance < end ? text.charAt(at + distance) : -1;
    }

    private void add(Token.Sort sort, int from) {
        tokens.add(new Token(sort, from, at));
    }

    /** Characters beyond ASCII are letters, as they are as bytes. */
    private static boolean startsName(char c) {
        return c >= 0x80 || Stops.startsName(c);
    }

    private static boolean continuesName(char c) {
        return c >= 0x80 || Stops.continuesName(c);
    }

    /** Whether the statement so far begins as a {@code COPY} that reads rows out of the script. */
    private static final class CopyHead {

        private boolean first = true;
        private boolean copies;
        private boolean from;
        private boolean stdin;

        void word(String word) {
            if (first) {
                copies = word.equals("COPY");
            }
            first = false;
            stdin |= from && word.equals("STDIN");
            from = word.equals("FROM");
        }

        boolean readsData() {
            return copies && stdin;
        }

        void reset() {
            first = true;
            copies = false;
            from = false;
            stdin = false;
        }
    }
}
