package dev.migrator.history;

import java.util.Locale;

/** The word by which a constant stands in the history's table: its name in lower case. */
final class StoredWord {

    private StoredWord() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant for a word.
     *
     * @param column what the words are of, for the error
     * @throws IllegalStateException if there is none: only a newer release can have written it
     */
    static <E extends Enum<E>> E constant(Class<E> type, String column, String word) {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The history has a row of the " + column + " '" + word
                            + "', which this release of Migrator does not know: a newer one wrote it.",
                    e);
        }
    }
}
