package dev.migrator.sql;

/**
 * Checks that bytes are UTF-8 and hold no NUL, as PostgreSQL does ({@code pg_utf8_islegal}; table 3-7 of the Unicode
 * standard). The bytes may come in pieces that are cut inside a character.
 */
final class Utf8 {

    private int missing;
    private int lowest;
    private int highest;

    /** Whether this byte continues a character that an earlier one began. */
    static boolean continues(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** Whether the bytes so far end inside a character. */
    boolean insideCharacter() {
        return missing > 0;
    }

    /** The index of the first byte that is wrong, or {@code to} if there is none. */
    int check(byte[] buffer, int from, int to) {
        ByteSearch search = new ByteSearch(buffer);
        int at = from;
        while (at < to) {
            if (missing == 0) {
                at = search.endOfAscii(at, to);
                if (at == to || !lead(buffer[at] & 0xFF)) {
                    return at;
                }
            } else {
                int b = buffer[at] & 0xFF;
                if (b < lowest || b > highest) {
                    return at;
                }
                expect(missing - 1, 0x80, 0xBF);
            }
            at++;
        }
        return at;
    }

    private boolean lead(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        switch (b) {
            case 0xE0 -> expect(2, 0xA0, 0xBF);
            case 0xED -> expect(2, 0x80, 0x9F);
            case 0xF0 -> expect(3, 0x90, 0xBF);
            case 0xF4 -> expect(3, 0x80, 0x8F);
            default -> expect(b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3, 0x80, 0xBF);
        }
        return true;
    }

    private void expect(int count, int low, int high) {
        missing = count;
        lowest = low;
        highest = high;
    }
}
