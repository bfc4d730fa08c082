package dev.migrator.sql;

import java.util.List;

/**
 * Tells from a statement's tokens what it means. It is fed with them only as long as it {@linkplain #attentive() wants to know
 * more}, which for most statements is one word.
 */
final class Recognizer {

    private final RoutineBody body = new RoutineBody();

    private boolean begun;
    private List<Form> forms = List.of();
    /** The forms that may still be met: their indexes, in order. */
    private int[] undecided = {};

    private int undecidedForms;
    /** For each form how many of its elements have been met. */
    private int[] met = {};

    private boolean open;
    private Meaning meaning = Meaning.ORDINARY;
    private Word option = Word.OTHER;

    /** A new statement begins. */
    void reset() {
        begun = false;
        undecidedForms = 0;
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
            begin(word);
        }
        int left = 0;
        for (int i = 0; i < undecidedForms; i++) {
            int form = undecided[i];
            if (advance(form, forms.get(form).afterToken(met[form], word))) {
                undecided[left++] = form;
            }
        }
        undecidedForms = left;
        if (meaning == Meaning.ROUTINE) {
            body.token(word);
        }
        open = meaning == Meaning.ROUTINE || undecidedForms > 0;
    }

    private void begin(Word head) {
        begun = true;
        forms = Forms.of(head);
        undecidedForms = forms.size();
        if (met.length < undecidedForms) {
            met = new int[undecidedForms];
            undecided = new int[undecidedForms];
        }
        for (int form = 0; form < undecidedForms; form++) {
            met[form] = 0;
            undecided[form] = form;
        }
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
        int left = 0;
        for (int i = 0; i < undecidedForms; i++) {
            int form = undecided[i];
            if (advance(form, forms.get(form).afterOption(met[form], name, on))) {
                undecided[left++] = form;
            }
        }
        undecidedForms = left;
        open = meaning == Meaning.ROUTINE || undecidedForms > 0;
    }

    /** Answers whether the form is still undecided: neither met as a whole, nor out of the question. */
    private boolean advance(int form, int elements) {
        met[form] = elements;
        if (elements == forms.get(form).length()) {
            meaning = forms.get(form).meaning();
            return false;
        }
        return elements >= 0;
    }
}
