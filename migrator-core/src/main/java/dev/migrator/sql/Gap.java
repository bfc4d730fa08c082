package dev.migrator.sql;

import java.io.IOException;

/** Skips what stands between statements: white space, comments, single semicolons, and the lines that pg_dump writes for psql. */
final class Gap {

    private static final String DIRECTIVE = "migrator:";

    private final ScriptInput in;
    private final Quotes quotes;
    private final Place comment;
    private final DirectiveParser directives = new DirectiveParser();

    private boolean atHead = true;

    Gap(ScriptInput in, Quotes quotes) {
        this.in = in;
        this.quotes = quotes;
        this.comment = in.newPlace();
    }

    /** The directives found so far: all of them once the first gap is skipped. */
    Directives directives() {
        return directives.directives();
    }

    /** Moves to the first byte of the next statement; false if there is none. */
    boolean skip() throws IOException {
        if (atHead) {
            in.skipByteOrderMark();
        }
        boolean found = skipToStatement();
        atHead = false;
        return found;
    }

    /** Moves behind the end of the line, in which there may be white space and comments only. */
    void skipLine() throws IOException {
        for (; ; ) {
            int b = in.find(Stops.GAP);
            if (b == '-' && in.peek(1) == '-') {
                in.find(Stops.LINE);
            } else if (b == '/' && in.peek(1) == '*') {
                quotes.blockComment();
            } else if (b == '\r' && in.peek(1) == '\n') {
                in.read();
            } else if (b == '\n' || b < 0) {
                in.read();
                return;
            } else {
                throw in.errorHere(
                        "the data of COPY begins in the next line: nothing may follow the semicolon in this one");
            }
        }
    }

    private boolean skipToStatement() throws IOException {
        for (; ; ) {
            int b = in.skipTo(Stops.GAP);
            if (b == '-' && in.peek(1) == '-') {
                lineComment();
            } else if (b == '/' && in.peek(1) == '*') {
                quotes.blockComment();
            } else if (b == ';') {
                in.read();
            } else if (b == '\\') {
                PsqlCommand.skip(in);
            } else {
                return b >= 0;
            }
        }
    }

    private void lineComment() throws IOException {
        in.mark(comment);
        in.read();
        in.read();
        while (in.peek(0) == ' ' || in.peek(0) == '\t') {
            in.read();
        }
        if (isDirective()) {
            directive();
        } else {
            in.find(Stops.LINE);
        }
    }

    private boolean isDirective() throws IOException {
        for (int i = 0; i < DIRECTIVE.length(); i++) {
            int b = in.peek(i);
            if (b != DIRECTIVE.charAt(i) && b != Character.toUpperCase(DIRECTIVE.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void directive() throws IOException {
        in.hold();
        long from = in.offset() + DIRECTIVE.length();
        in.find(Stops.LINE);
        String text = in.text(from, in.offset());
        in.release();
        if (!atHead) {
            throw in.error(comment, "directives stand at the script's head, before its first statement");
        }
        try {
            directives.add(text);
        } catch (IllegalArgumentException e) {
            throw in.error(comment, String.valueOf(e.getMessage()));
        }
    }
}
