package dev.migrator.sql;

/** A text in one line, as a log or a list shows it: all white space in a row is one space. */
public final class OneLine {

    private OneLine() {}

    /** All of it. */
    public static String of(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** How it begins: that many characters at most, and a mark where something is left out. */
    public static String start(String text, int max) {
        String line = of(text);
        return line.length() <= max ? line : line.substring(0, max) + "…";
    }
}
