package dev.migrator.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes HTML. All text and every attribute's value is escaped, and there is no other way in but the {@link Resource}s; what
 * could run or look like something else than it is (handlers, styles, characters that turn the direction of text) cannot be
 * written.
 */
final class Html {

    private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");

    private final StringBuilder out = new StringBuilder(16 * 1024);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /** The document's first line. */
    Html doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /** Begins an element; its attributes follow, then its content. */
    Html start(String name) {
        finishTag();
        out.append('<').append(name);
        if (!VOID.contains(name)) {
            open.push(name);
        }
        inTag = true;
        return this;
    }

    /** An attribute of the element that has just begun; left out if it has no value. */
    Html with(String name, @Nullable String value) {
        if (!inTag || name.startsWith("on") || name.equals("style") || !isName(name)) {
            throw new IllegalArgumentException("The attribute " + name + " cannot be written here");
        }
        if (value != null) {
            out.append(' ').append(name).append("=\"");
            escape(Visible.text(value));
            out.append('"');
        }
        return this;
    }

    Html with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** An attribute without a value, if it applies. */
    Html flag(String name, boolean applies) {
        return applies ? with(name, "") : this;
    }

    Html css(String classes) {
        return with("class", classes);
    }

    /** Text, in which characters that cannot be seen, or that would turn the direction, can be seen. */
    Html text(@Nullable String text) {
        finishTag();
        escape(Visible.text(text == null ? "" : text));
        return this;
    }

    /** Text that stays exactly as it is, for who copies it. */
    Html exact(CharSequence text) {
        finishTag();
        escape(text);
        return this;
    }

    /** Ends the element that has begun last. */
    Html end() {
        finishTag();
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with nothing but text. */
    Html element(String name, @Nullable String text) {
        return start(name).text(text).end();
    }

    /** The same, with a class. */
    Html element(String name, String classes, @Nullable String text) {
        return start(name).css(classes).text(text).end();
    }

    /** A text of our own, as it is: a style, a script, a drawing. */
    Html resource(Resource resource) {
        finishTag();
        out.append(resource.text());
        return this;
    }

    /** The end of an inert template, which the script may have begun before a part of the head. */
    Html endOfTemplate() {
        finishTag();
        out.append("</template>");
        return this;
    }

    /** A line end, for who reads the source. */
    Html line() {
        finishTag();
        out.append('\n');
        return this;
    }

    int length() {
        return out.length();
    }

    /** All that was written. */
    @Override
    public String toString() {
        if (inTag || !open.isEmpty()) {
            throw new IllegalStateException("These are still open: " + open);
        }
        return out.toString();
    }

    private void finishTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean belongs = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
            if (!belongs) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private void escape(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                // a parser would make a line feed of it
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }
}
