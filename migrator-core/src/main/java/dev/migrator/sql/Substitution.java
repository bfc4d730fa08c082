package dev.migrator.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the placeholders of one script while its lexer goes over it, and remembers those of the current statement. The script is
 * split as it stands, placeholders and all; so a value that would change the split is refused.
 */
final class Substitution {

    /** Longer ones are no names, which bounds how far is looked ahead. */
    private static final int MAX_NAME = 200;

    private final ScriptInput in;
    private final Place place;
    private final Consumer<ScriptException> problems;
    private final List<Replacement> replacements = new ArrayList<>();
    private Placeholders placeholders;
    private boolean remembering;
    private long end = -1;

    /**
     * @param problems is told of each placeholder that cannot be replaced, and may throw; if it does not, the text stays
     */
    Substitution(ScriptInput in, Placeholders placeholders, Consumer<ScriptException> problems) {
        this.in = in;
        this.place = in.newPlace();
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** What the script itself says about it; null for nothing. */
    void replacing(@Nullable Replacing where) {
        placeholders = placeholders.replacing(where);
    }

    boolean isOn() {
        return placeholders.replacing() != Replacing.OFF;
    }

    boolean isOnInBodies() {
        return placeholders.replacing() == Replacing.BODIES;
    }

    /** Those of the current statement that have been passed, in order. */
    List<Replacement> replacements() {
        return replacements;
    }

    /** A new statement begins. */
    void startStatement() {
        replacements.clear();
        remembering = true;
    }

    /** The statement's text is not wanted: nothing of it is to be kept. */
    void forget() {
        replacements.clear();
        remembering = false;
    }

    /** Whether a placeholder ends at this offset, so that what follows is glued to its value. */
    boolean endsAt(long offset) {
        return end == offset;
    }

    /** Moves behind the placeholder, or the escaped one, that begins with the cursor's dollar; false if none does. */
    boolean pass(ValueFit fit) throws IOException {
        if (!isOn()) {
            return false;
        }
        if (in.peek(1) == '{') {
            return placeholder(fit);
        }
        return in.peek(1) == '$' && in.peek(2) == '{' && escape();
    }

    /** As {@link #pass} where two dollars open a quote, so that there is no escape. */
    boolean passInCode(ValueFit fit) throws IOException {
        return isOn() && in.peek(1) == '{' && placeholder(fit);
    }

    private boolean placeholder(ValueFit fit) throws IOException {
        String name = name(2);
        if (name == null) {
            return false;
        }
        in.mark(place);
        String value = valueFor(name, fit);
        long from = in.offset();
        int length = name.length() + 3;
        if (value == null) {
            in.pass(length, null);
        } else {
            in.pass(length, Placeholders.isKnownByMigrator(name) ? null : value.getBytes(StandardCharsets.UTF_8));
            remember(from, in.offset(), value);
        }
        end = in.offset();
        return true;
    }

    private void remember(long from, long to, String value) {
        if (remembering) {
            replacements.add(new Replacement(from, to, value));
        }
    }

    private @Nullable String valueFor(String name, ValueFit fit) {
        String value = placeholders.value(name);
        if (value == null) {
            problems.accept(in.error(place, placeholders.unknown(name)));
            return null;
        }
        String misfit = fit.problem(value);
        if (misfit != null) {
            problems.accept(in.error(place, "the value of ${" + name + "} " + misfit));
            return null;
        }
        return value;
    }

    /** Two dollars stand for one; only where there would be a placeholder otherwise, so that other text stays as it is. */
    private boolean escape() throws IOException {
        String name = name(3);
        if (name == null) {
            return false;
        }
        remember(in.offset(), in.offset() + 1, "");
        in.pass(1, new byte[0]);
        in.pass(name.length() + 3, null);
        end = in.offset();
        return true;
    }

    /** The name that begins so far ahead of the cursor, if the text has the form of a placeholder. All of it is in the buffer then. */
    private @Nullable String name(int ahead) throws IOException {
        int length = 0;
        for (int b; (b = in.peek(ahead + length)) != '}'; length++) {
            boolean belongs = Stops.isDigit(b) || b < 0x80 && Stops.startsName(b) || b == '.' || b == '-' || b == ':';
            if (!belongs || length == MAX_NAME) {
                return null;
            }
        }
        String name = in.text(in.offset() + ahead, in.offset() + ahead + length);
        return Placeholders.isName(name) ? name : null;
    }
}
