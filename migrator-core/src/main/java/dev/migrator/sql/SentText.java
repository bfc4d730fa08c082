package dev.migrator.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text with the values of its placeholders.
 *
 * @param source where it comes from in the script; null if it is what stands there
 */
record SentText(String text, @Nullable SourceText source) {

    /**
     * Puts the values in.
     *
     * @param start the statement's offset in the script; all of it is held
     */
    static SentText of(ScriptInput in, long start, String source, List<Replacement> replacements) {
        if (replacements.isEmpty()) {
            return new SentText(source, null);
        }
        StringBuilder text = new StringBuilder(source.length());
        List<SourceText.Piece> pieces = new ArrayList<>(replacements.size());
        int at = 0;
        long offset = start;
        for (Replacement replacement : replacements) {
            String between = in.text(offset, replacement.from());
            // a placeholder is ASCII: as many characters as bytes
            int length = (int) (replacement.to() - replacement.from());
            text.append(between);
            at += between.length();
            pieces.add(new SourceText.Piece(
                    at, length, text.length(), replacement.value().length()));
            text.append(replacement.value());
            at += length;
            offset = replacement.to();
        }
        text.append(source, at, source.length());
        return new SentText(text.toString(), new SourceText(source, List.copyOf(pieces)));
    }
}
