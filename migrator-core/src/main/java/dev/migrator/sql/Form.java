package dev.migrator.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A form that a statement may have, as a sequence of elements, and what it means. Written as in the documentation's synopses:
 *
 * <ul>
 *   <li>{@code WORD}: that keyword
 *   <li>{@code …}: any tokens, or none
 *   <li>{@code *}: any one token
 *   <li>{@code (NAME)}, {@code (NAME=ON)}, {@code (NAME=OFF)}: an option in parentheses, with any value or with that one
 * </ul>
 *
 * What stands in parentheses is seen by options only. A form is complete with its last element, whatever follows.
 */
record Form(Meaning meaning, List<Element> elements) {

    static Form of(Meaning meaning, String synopsis) {
        List<Element> elements = new ArrayList<>();
        for (String element : synopsis.split(" ")) {
            elements.add(Element.of(element));
        }
        return new Form(meaning, List.copyOf(elements));
    }

    Word head() {
        return elements.get(0).word();
    }

    int length() {
        return elements.size();
    }

    /** The element that is expected after so many, and after a gap if there is one. */
    Element expected(int at) {
        return elements.get(isGap(at) ? at + 1 : at);
    }

    boolean isGap(int at) {
        return elements.get(at).type() == Type.GAP;
    }

    /** How many elements are met after a token, when so many were before; -1 if the form cannot be met any more. */
    int afterToken(int at, Word word) {
        if (expected(at).isToken(word)) {
            return isGap(at) ? at + 2 : at + 1;
        }
        int gap = at;
        while (gap >= 0 && !isGap(gap)) {
            gap--;
        }
        // what followed the gap was not it: the token belongs to the gap, or begins what follows it anew
        return gap < 0 ? -1 : expected(gap).isToken(word) ? gap + 2 : gap;
    }

    /** The same after an option in parentheses, which only a form that expects it takes notice of. */
    int afterOption(int at, Word name, boolean on) {
        return expected(at).isOption(name, on) ? (isGap(at) ? at + 2 : at + 1) : at;
    }

    enum Type {
        WORD,
        GAP,
        ANY,
        OPTION,
        OPTION_ON,
        OPTION_OFF
    }

    record Element(Type type, Word word) {

        static Element of(String element) {
            if (element.equals("…")) {
                return new Element(Type.GAP, Word.OTHER);
            }
            if (element.equals("*")) {
                return new Element(Type.ANY, Word.OTHER);
            }
            if (!element.startsWith("(")) {
                return new Element(Type.WORD, Word.valueOf(element));
            }
            String option = element.substring(1, element.length() - 1);
            if (option.endsWith("=ON")) {
                return new Element(Type.OPTION_ON, Word.valueOf(option.substring(0, option.length() - 3)));
            }
            if (option.endsWith("=OFF")) {
                return new Element(Type.OPTION_OFF, Word.valueOf(option.substring(0, option.length() - 4)));
            }
            return new Element(Type.OPTION, Word.valueOf(option));
        }

        boolean isToken(Word token) {
            return type == Type.ANY || type == Type.WORD && word == token;
        }

        boolean isOption(Word name, boolean on) {
            return word == name
                    && (type == Type.OPTION || type == Type.OPTION_ON && on || type == Type.OPTION_OFF && !on);
        }
    }
}
