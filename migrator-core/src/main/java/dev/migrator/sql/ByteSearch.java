package dev.migrator.sql;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the first byte of a sort in a stretch of others. In much text it looks at eight of them at once, as one number; little
 * text is gone through byte by byte, which is faster in a JVM that has just been started.
 */
final class ByteSearch {

    /** From here on the eights gain more, once they are compiled, than they cost before. */
    private static final int MUCH = 4096;

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] bytes;
    private final ByteBuffer eights;

    /** For searches in this array, which may change. */
    ByteSearch(byte[] bytes) {
        this.bytes = bytes;
        this.eights = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The index of the first such byte, or {@code to} if there is none. */
    int indexOf(byte wanted, int from, int to) {
        int at = from;
        if (to - at >= MUCH) {
            long pattern = EACH * (wanted & 0xFF);
            for (; at <= to - Long.BYTES; at += Long.BYTES) {
                long zeros = zeros(eights.getLong(at) ^ pattern);
                if (zeros != 0) {
                    return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
                }
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The index of the first byte that is no ASCII, or a NUL; {@code to} if there is none. */
    int endOfAscii(int from, int to) {
        int at = from;
        if (to - at >= MUCH) {
            while (at <= to - Long.BYTES && isAscii(eights.getLong(at))) {
                at += Long.BYTES;
            }
        }
        while (at < to && bytes[at] > 0) {
            at++;
        }
        return at;
    }

    /** A number whose lowest bit that is set is the high bit of the first byte that is zero; 0 if none is. */
    private static long zeros(long eight) {
        return eight - EACH & ~eight & HIGH_BITS;
    }

    private static boolean isAscii(long eight) {
        return ((eight | eight - EACH) & HIGH_BITS) == 0;
    }
}
