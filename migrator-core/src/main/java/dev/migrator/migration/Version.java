package dev.migrator.migration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A migration's version. Numeric parts are compared as numbers, and missing ones are zero: 1 = 1.0 = 001, and 1.10 is above
 * 1.9. A version that is a date with a name ({@code 2026_01_28_add_email}) is its whole stem: two scripts of one day are two
 * versions, ordered by date and then by name. Where the name is a number ({@code 2026_01_28_1}), all of it is numeric.
 */
public final class Version implements Comparable<Version> {

    /** Longer ones are no versions, which bounds the work that a hostile file name can make. */
    private static final int MAX_LENGTH = 255;

    /** {@code YYYYMMDDHHMMSS}. */
    private static final int TO_THE_SECOND = 14;

    /** So many digits always are a {@code long}. */
    private static final int LONG_DIGITS = 18;

    private static final long TOO_LONG = Long.MAX_VALUE;

    private final String text;
    private final List<String> parts;
    private final String name;
    private final String stem;
    /** The parts once more, for comparisons; {@link #TOO_LONG} for one that has to be compared by its digits. */
    private final long[] numbers;

    private final int hash;

    private Version(String text, List<String> parts, String name, String stem) {
        this.text = text;
        this.parts = parts;
        this.name = name;
        this.stem = stem;
        this.numbers = numbers(parts);
        this.hash = 31 * parts.hashCode() + stem.hashCode();
    }

    /**
     * Reads a version as users and file names write it: {@code 12}, {@code 1.2}, {@code 1_2}, {@code 2026_01_28_add_email}.
     *
     * @throws IllegalArgumentException if it is none; the message says what one looks like
     */
    public static Version parse(String text) {
        Version version = numeric(text);
        if (version != null) {
            return version;
        }
        int date = DatePrefix.length(text);
        if (date > 0) {
            return dated(text, date);
        }
        throw new IllegalArgumentException("'" + text + "' is no version. A version is digits, with dots or"
                + " underscores between them, as 12 or 2026.01.28.1, or a date with a name, as 2026_01_28_add_email.");
    }

    /** Reads a version that is digits with dots or underscores between them; null if it is not that. */
    static @Nullable Version numeric(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        List<String> parts = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.' || c == '_') {
                if (i == start) {
                    return null;
                }
                parts.add(withoutLeadingZeros(text, start, i));
                start = i + 1;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        dropTrailingZeros(parts);
        return new Version(text.replace('_', '.'), List.copyOf(parts), "", "");
    }

    /**
     * The date counts as the number that it is without its dashes, to the second: so it sorts rightly among the 14 digits
     * that other tools, and earlier releases of the same, put before a name.
     */
    private static Version dated(String stem, int prefixLength) {
        String digits = stem.substring(0, prefixLength).replace("-", "").replace("_", "");
        String padded = digits + "0".repeat(Math.max(0, TO_THE_SECOND - digits.length()));
        List<String> parts = new ArrayList<>(2);
        parts.add(withoutLeadingZeros(padded, 0, TO_THE_SECOND));
        parts.add(withoutLeadingZeros(padded, TO_THE_SECOND, padded.length()));
        dropTrailingZeros(parts);
        return new Version(stem, List.copyOf(parts), stem.substring(prefixLength), stem);
    }

    private static long[] numbers(List<String> parts) {
        long[] numbers = new long[parts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(parts.get(i));
        }
        return numbers;
    }

    private static long number(String digits) {
        if (digits.length() > LONG_DIGITS) {
            return TOO_LONG;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = 10 * number + (digits.charAt(i) - '0');
        }
        return number;
    }

    private static String withoutLeadingZeros(String text, int from, int to) {
        int start = from;
        while (start < to && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, to);
    }

    private static void dropTrailingZeros(List<String> parts) {
        while (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
    }

    /** As it was written, with dots for a file name's underscores. */
    public String text() {
        return text;
    }

    @Override
    public int compareTo(Version other) {
        int common = Math.max(numbers.length, other.numbers.length);
        for (int i = 0; i < common; i++) {
            long number = number(i);
            int order = Long.compare(number, other.number(i));
            if (order == 0 && number == TOO_LONG) {
                order = comparePart(parts.get(i), other.parts.get(i));
            }
            if (order != 0) {
                return order;
            }
        }
        int order = name.compareTo(other.name);
        return order != 0 ? order : stem.compareTo(other.stem);
    }

    private long number(int index) {
        return index < numbers.length ? numbers[index] : 0;
    }

    /** Digits without leading zeros: the longer is the larger. */
    private static int comparePart(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version
                && hash == version.hash
                && parts.equals(version.parts)
                && stem.equals(version.stem);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
