package dev.migrator.sql;

import java.util.Arrays;

/**
 * Tables of the bytes at which skipping ends, one for each state of the lexer. The classes of characters are those of
 * PostgreSQL's {@code scan.l}. A line end stops in all of them, since lines are counted.
 */
final class Stops {

    /** Ends of lines only. */
    static final boolean[] LINE = at("");
    /** Between statements: everything that is not white space. */
    static final boolean[] GAP = allBut(" \t\f\u000B");
    /** In a statement whose kind is settled: what may open, close or end something. */
    static final boolean[] CODE = at("'\"$-/();\\");
    /** In a statement whose kind is still to be told: every token. */
    static final boolean[] TOKEN = GAP;
    /** In a string without escapes. */
    static final boolean[] STRING = at("'");
    /** In a string with backslash escapes. */
    static final boolean[] ESCAPE_STRING = at("'\\");
    /** In a string where placeholders are replaced. */
    static final boolean[] STRING_AND_DOLLAR = at("'$");
    /** In a string with backslash escapes where placeholders are replaced. */
    static final boolean[] ESCAPE_STRING_AND_DOLLAR = at("'\\$");
    /** In a quoted identifier where placeholders are replaced. */
    static final boolean[] QUOTED_NAME_AND_DOLLAR = at("\"$");
    /** In a quoted identifier. */
    static final boolean[] QUOTED_NAME = at("\"");
    /** In a dollar quote. */
    static final boolean[] DOLLAR = at("$");
    /** In a block comment. */
    static final boolean[] BLOCK_COMMENT = at("*/");
    /** In an identifier: what does not belong to it. */
    static final boolean[] NAME = outsideNames();
    /** In a number: what is no digit. */
    static final boolean[] NUMBER = allBut("0123456789");

    private Stops() {}

    /** scan.l: {@code ident_start}. Bytes from 0x80 on are letters: all of PostgreSQL's syntax is ASCII. */
    static boolean startsName(int b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= 0x80;
    }

    /** scan.l: {@code ident_cont}. */
    static boolean continuesName(int b) {
        return b >= 0 && !NAME[b];
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** scan.l: {@code space}, with the vertical tab that PostgreSQL 16 added. */
    static boolean isSpace(int b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static boolean[] at(String characters) {
        boolean[] stops = new boolean[256];
        (characters + "\r\n").chars().forEach(c -> stops[c] = true);
        return stops;
    }

    private static boolean[] allBut(String characters) {
        boolean[] stops = new boolean[256];
        Arrays.fill(stops, true);
        characters.chars().forEach(c -> stops[c] = false);
        return stops;
    }

    private static boolean[] outsideNames() {
        boolean[] stops = new boolean[256];
        for (int b = 0; b < stops.length; b++) {
            stops[b] = !(startsName(b) || isDigit(b) || b == '$');
        }
        return stops;
    }
}
