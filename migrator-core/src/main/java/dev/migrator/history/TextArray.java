package dev.migrator.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array of texts in one dimension as PostgreSQL writes it: {@code {a,"b c",NULL}} (section 8.15.6 of its manual, "Array
 * Input and Output Syntax").
 */
final class TextArray {

    private final String text;
    private int at = 1;

    private TextArray(String text) {
        this.text = text;
    }

    static List<@Nullable String> parse(String text) {
        List<@Nullable String> elements = new ArrayList<>();
        TextArray array = new TextArray(text);
        while (array.text.charAt(array.at) != '}') {
            elements.add(array.element());
            if (array.text.charAt(array.at) == ',') {
                array.at++;
            }
        }
        return elements;
    }

    private @Nullable String element() {
        if (text.charAt(at) == '"') {
            return quoted();
        }
        int from = at;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            at++;
        }
        String element = text.substring(from, at);
        return element.equals("NULL") ? null : element;
    }

    private String quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            element.append(text.charAt(at));
        }
        at++;
        return element.toString();
    }
}
