package dev.migrator.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows in columns that are as wide as their longest text. What a terminal could take for a command is shown as a question mark. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        row(titles);
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(TextTable::printable).toList());
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?");
    }

    /** A text of several lines without what a terminal could take for a command. */
    static String printableLines(String text) {
        return text.lines().map(TextTable::printable).collect(Collectors.joining("\n"));
    }

    /** The lines, with a rule under the titles, each with its line end. */
    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            widths.add(width(column));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            line(text, row, widths);
            if (row == rows.get(0)) {
                line(text, widths.stream().map("-"::repeat).toList(), widths);
            }
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - length(cell) + 2));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
