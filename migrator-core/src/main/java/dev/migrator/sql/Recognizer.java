package dev.migrator.sql;

import java.util.Arrays;
import java.util.List;

/**
 * Tells from a statement's tokens what it means. It is fed with them only as long as it {@linkplain #attentive() wants to know
 * more}, which for most statements is one word.
 */
final class Recognizer {

    private static final int FAILED = -1;

    private final RoutineBody body = new RoutineBody();

    private boolean begun;
    private List<Form> forms = List.of();
    /** For each form how many of its elements have been met. */
    private int[] met = {};

    private boolean open;
    private Meaning meaning = Meaning.ORDINARY;
    private Word option = Word.OTHER;

    /** A new statement begins. */
    void reset() {
        begun = false;
        open = true;
        meaning = Meaning.ORDINARY;
        option = Word.OTHER;
        body.reset();
    }

    /** Whether further tokens may change what is known, and so have to be told. */
    boolean attentive() {
        return open;
    }

    Meaning meaning() {
        return meaning;
    }

    /** Whether a BEGIN ATOMIC … END is open: its semicolons do not end the statement. */
    boolean inBody() {
        return body.open();
    }

    /** How deep the BEGIN, CASE and END of that body are nested. */
    int bodyDepth() {
        return body.depth();
    }

    /** Any token outside of parentheses; {@link Word#OTHER} for what is no keyword. */
    void token(Word word) {
        if (!begun) {
            begun = true;
            forms = Forms.of(word);
            if (met.length < forms.size()) {
                met = new int[forms.size()];
            }
            Arrays.fill(met, 0);
        }
        for (int i = 0; i < forms.size(); i++) {
            Form form = forms.get(i);
            if (isUndecided(i)) {
                advance(i, form.afterToken(met[i], word));
            }
        }
        if (meaning == Meaning.ROUTINE) {
            body.token(word);
        }
        open = meaning == Meaning.ROUTINE || anyUndecided();
    }

    /** A token directly inside of parentheses that may be an option's name or its value. */
    void optionToken(Word word) {
        if (option == Word.OTHER) {
            option = word;
        } else {
            option(option, word != Word.OFF);
            option = Word.OTHER;
        }
    }

    /** The end of an option: a comma or the closing parenthesis. One without a value is on. */
    void optionEnd() {
        if (option != Word.OTHER) {
            option(option, true);
            option = Word.OTHER;
        }
    }

    private void option(Word name, boolean on) {
        for (int i = 0; i < forms.size(); i++) {
            if (isUndecided(i)) {
                advance(i, forms.get(i).afterOption(met[i], name, on));
            }
        }
        open = meaning == Meaning.ROUTINE || anyUndecided();
    }

    private void advance(int i, int elements) {
        met[i] = elements;
        if (elements == forms.get(i).length()) {
            meaning = forms.get(i).meaning();
        }
    }

    private boolean isUndecided(int i) {
        return met[i] != FAILED && met[i] < forms.get(i).length();
    }

    private boolean anyUndecided() {
        for (int i = 0; i < forms.size(); i++) {
            if (isUndecided(i)) {
                return true;
            }
        }
        return false;
    }
}
