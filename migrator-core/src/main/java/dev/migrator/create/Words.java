package dev.migrator.create;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of a description, as a name has them: letters and digits of any script, and between them one separator. */
record Words(String text) {

    /** In bytes of UTF-8; a file's name may have 255, of which version and suffix need some. */
    private static final int LONGEST = 100;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}]+");

    /**
     * Reads a description.
     *
     * @throws CreateException if there is no letter and no digit in it
     */
    static Words of(String description) {
        String composed = Normalizer.normalize(description, Normalizer.Form.NFC);
        StringBuilder words = new StringBuilder();
        int length = 0;
        for (String word : BETWEEN.split(composed)) {
            int needed = word.getBytes(StandardCharsets.UTF_8).length + (words.isEmpty() ? 0 : 1);
            if (word.isEmpty()) {
                continue;
            }
            if (length + needed > LONGEST) {
                if (words.isEmpty()) {
                    words.append(beginning(word));
                }
                break;
            }
            words.append(words.isEmpty() ? "" : "_").append(word);
            length += needed;
        }
        if (words.isEmpty()) {
            throw new CreateException(
                    "The description '" + TemplateText.oneLine(description)
                            + "' has no letter and no digit, so that it gives no name.",
                    "Describe in a few words what the migration does, as \"Add user avatar\".");
        }
        return new Words(words.toString());
    }

    /** Of one word that is too long by itself. */
    private static String beginning(String word) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
            String character = Character.toString(word.codePointAt(i));
            length += character.getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST) {
                break;
            }
            text.append(character);
        }
        return text.toString();
    }

    /** In lower case and with underscores, unless the other name shows that this project does it otherwise. */
    String like(String other) {
        boolean dashes = other.indexOf('-') >= 0 && other.indexOf('_') < 0;
        boolean capitals = !other.equals(other.toLowerCase(Locale.ROOT));
        String cased = capitals ? text : text.toLowerCase(Locale.ROOT);
        return dashes ? cased.replace('_', '-') : cased;
    }

    /** As the name of a class has them, with a capital at the beginning. */
    String capitalized() {
        int first = Character.charCount(text.codePointAt(0));
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }
}
