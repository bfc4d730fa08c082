package dev.migrator.sql;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Names a text, so that a change to it is noticed: {@code c1:} and 16 hexadecimal digits, which are the CRC-32 and the
 * CRC-32C of the text. A byte order mark at the start does not count, and CRLF and a lone CR count as LF: the same script
 * checked out on another system keeps its name.
 *
 * <p>Why CRCs: the sum is there to notice an edit, not to resist an attacker (who could as well change the history). Both
 * are computed by the processor's own instructions from the first call on, in the interpreter too, where a digest of
 * {@code java.security} costs its provider's start and runs slowly until it has been compiled; and they can be asked for at
 * any time, which a prefix needs. The tag {@code c1} leaves room for another algorithm.
 *
 * <p>Not safe for use by several threads.
 */
public final class Checksum {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LINE_FEED = {'\n'};

    private final CRC32 crc32 = new CRC32();
    private final CRC32C crc32c = new CRC32C();
    private int markBytes;
    private boolean afterCarriageReturn;

    /** The sum of a whole text, given as its bytes. */
    public static String of(byte[] text) {
        Checksum checksum = new Checksum();
        checksum.update(text, 0, text.length);
        return checksum.value();
    }

    /** The sum of a whole text, taken as UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the next {@code length} bytes of the text. They may be cut anywhere, also inside a CRLF. */
    public void update(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int from = markBytes < BYTE_ORDER_MARK.length ? skipByteOrderMark(buffer, offset, end) : offset;
        if (from == end) {
            return;
        }
        if (afterCarriageReturn && buffer[from] == '\n') {
            from++;
        }
        afterCarriageReturn = false;
        ByteSearch search = new ByteSearch(buffer);
        for (int at; (at = search.indexOf((byte) '\r', from, end)) < end; ) {
            add(buffer, from, at);
            from = at + 1;
            // in a CRLF the LF begins the next stretch; else it has to be put in for the CR
            if (from == end || buffer[from] != '\n') {
                add(LINE_FEED, 0, 1);
                afterCarriageReturn = from == end;
            }
        }
        add(buffer, from, end);
    }

    /** The sum of what has been added so far. More may be added afterwards. */
    public String value() {
        return "c1:" + hex(crc32.getValue()) + hex(crc32c.getValue());
    }

    /** Eight digits: the 33rd bit keeps the leading zeros. */
    private static String hex(long sum) {
        return Long.toHexString(sum | 1L << 32).substring(1);
    }

    private int skipByteOrderMark(byte[] buffer, int offset, int end) {
        int at = offset;
        while (at < end && markBytes < BYTE_ORDER_MARK.length) {
            if (buffer[at] != BYTE_ORDER_MARK[markBytes]) {
                add(BYTE_ORDER_MARK, 0, markBytes);
                markBytes = BYTE_ORDER_MARK.length;
                return at;
            }
            at++;
            markBytes++;
        }
        return at;
    }

    private void add(byte[] buffer, int from, int to) {
        crc32.update(buffer, from, to - from);
        crc32c.update(buffer, from, to - from);
    }
}
