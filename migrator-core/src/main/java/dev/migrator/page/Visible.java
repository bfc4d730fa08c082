package dev.migrator.page;

import java.util.Locale;

/** Shows characters that would deceive: those that turn the direction of text, end lines unseen, or show as nothing. */
final class Visible {

    private Visible() {}

    /** The text, with {@code ⟨U+202E⟩} for such a character. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHidden(text, i)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHidden(text, i)) {
                visible.append('⟨').append(name(c)).append('⟩');
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    /** As {@code U+202E}. */
    static String name(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private static boolean isHidden(String text, int index) {
        char c = text.charAt(index);
        return isHidden(c) || Character.isSurrogate(c) && isLone(text, index);
    }

    /** Whether the character does what is not seen: as {@code Bidi_Control}, controls, separators of lines and the like. */
    static boolean isHidden(char c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r'
                || c >= 0x7F && c < 0xA0
                || c == 0x061C
                || c == 0x200B
                || c == 0x200E
                || c == 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2060 && c <= 0x206F
                || c == 0xFEFF;
    }

    private static boolean isLone(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
}
