package dev.migrator.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a script, from a stream, through a buffer: a cursor that goes forward only, and sums up what it has passed. The
 * buffer grows only while {@linkplain #hold() something is held}; else it is used again. Lines are not known here.
 */
abstract class ScriptBytes {

    private static final int MAX_BUFFER_SIZE = Integer.MAX_VALUE - 8;
    /** So much of what lies behind the cursor stays: for looking back, and to show the line of an error. */
    private static final int LOOK_BEHIND = 1024;

    /** What most scripts fit into: thousands of them are read, twice each. */
    private static final int FIRST_SIZE = 4 * 1024;

    private static final long NOTHING = Long.MAX_VALUE;

    private final Utf8Stream in;
    private final PassedChecksums checksums = new PassedChecksums();

    private final int fullSize;
    private byte[] buffer;
    private ByteSearch search;
    private long base;
    private int position;
    private int limit;
    private long held = NOTHING;

    ScriptBytes(Utf8Stream in, int bufferSize) {
        this.in = in;
        this.fullSize = bufferSize;
        this.buffer = new byte[Math.min(bufferSize, FIRST_SIZE)];
        this.search = new ByteSearch(buffer);
    }

    /** Bytes before the cursor are about to leave the buffer; now they are still there. */
    abstract void beforeDropping();

    /** What is wrong at the cursor. */
    abstract ScriptException errorHere(String problem);

    int bufferSize() {
        return buffer.length;
    }

    /** The offset of the cursor's byte in the script. */
    long offset() {
        return base + position;
    }

    /** Keeps everything from the cursor on in the buffer, until {@link #release()}. */
    void hold() {
        held = offset();
    }

    void release() {
        held = NOTHING;
    }

    /** The byte that is so far ahead of the cursor, or -1 behind the end. */
    int peek(int ahead) throws IOException {
        while (position + ahead >= limit) {
            if (!fill()) {
                return -1;
            }
        }
        return buffer[position + ahead] & 0xFF;
    }

    /** The byte that is so far behind the cursor, or -1 before the start. Two are always there, and all that is held. */
    int behind(int back) {
        return position < back ? -1 : buffer[position - back] & 0xFF;
    }

    /** Whether so many bytes can be had without asking the stream. */
    boolean hasBytes(int count) {
        return limit - position >= count;
    }

    /** Moves behind the next byte and returns it, or -1 at the end. */
    int read() throws IOException {
        return position == limit && !more() ? -1 : buffer[position++] & 0xFF;
    }

    /** Moves to the next byte that is in the table, and returns it; -1 at the end. It may be a line end. */
    int find(boolean[] stops) throws IOException {
        do {
            byte[] bytes = buffer;
            int at = position;
            int end = limit;
            while (at < end && !stops[bytes[at] & 0xFF]) {
                at++;
            }
            position = at;
            if (at < end) {
                return bytes[at] & 0xFF;
            }
        } while (more());
        return -1;
    }

    /** Copies bytes up to a line feed and behind it, as many as there are at hand, but at least one; -1 at the end. */
    int readDataLine(byte @Nullable [] target, int offset, int length) throws IOException {
        if (position == limit && !more()) {
            return -1;
        }
        int start = position;
        int end = start + Math.min(length, limit - start);
        int at = search.indexOf((byte) '\n', start, end);
        position = at < end ? at + 1 : end;
        if (target != null) {
            System.arraycopy(buffer, start, target, offset, position - start);
        }
        return position - start;
    }

    /**
     * Moves on by some bytes, which are in the buffer and hold no line end.
     *
     * @param instead what counts for them in the sum of the text after placeholders; null for themselves
     */
    void pass(int count, byte @Nullable [] instead) {
        if (instead != null) {
            checksums.replace(position, position + count, buffer, base, instead);
        }
        position += count;
    }

    /** Moves back, by no more than may be looked {@link #behind}; there is no line end in between. */
    void stepBack(int count) {
        position -= count;
    }

    /** What keyword stands between two offsets, which must be held. */
    Word word(long from, long to) {
        return Word.find(buffer, (int) (from - base), (int) (to - base));
    }

    /** The text between two offsets, as far as it is held. */
    String text(long from, long to) {
        return new String(buffer, (int) (from - base), (int) (to - from), StandardCharsets.UTF_8);
    }

    /** The end of the text between two offsets: what of it is at hand, and no more bytes than so many. */
    String tail(long from, long to, int maxBytes) {
        int end = (int) (to - base);
        int start = (int) Math.max(0, Math.max(from - base, end - maxBytes));
        while (start < end && Utf8.continues(buffer[start])) {
            start++;
        }
        return text(base + start, to);
    }

    /** The text from an offset to its line's end, as far as that has come; null if the offset is no longer at hand. */
    @Nullable
    String lineFrom(long offset) {
        if (offset < base) {
            return null;
        }
        int end = (int) (offset - base);
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return text(offset, base + end);
    }

    /** Counts a place's column. */
    void settle(Place place) {
        place.settle(buffer, base);
    }

    /** The sums of everything before the cursor. */
    PassedChecksums checksums() {
        checksums.addUpTo(position, buffer, base);
        return checksums;
    }

    /** Whether there is a byte at the cursor, which stands at the end of the buffer. */
    private boolean more() throws IOException {
        do {
            if (!fill()) {
                String broken = in.broken();
                if (broken != null) {
                    throw errorHere(broken);
                }
                return false;
            }
        } while (position == limit);
        return true;
    }

    /** Reads what the stream has; false if that is nothing more. */
    private boolean fill() throws IOException {
        if (limit == buffer.length) {
            makeRoom();
        }
        int count = in.read(buffer, limit);
        limit += Math.max(0, count);
        return count >= 0;
    }

    private void makeRoom() {
        int lookBehind = Math.max(2, Math.min(LOOK_BEHIND, buffer.length / 4));
        int unneeded = (int) Math.max(0, Math.min(held - base, position - lookBehind));
        // copying less than half of it away would make the work quadratic
        if (unneeded == 0 || unneeded < buffer.length / 2 || buffer.length < fullSize) {
            grow();
            return;
        }
        checksums.addUpTo(position, buffer, base);
        beforeDropping();
        System.arraycopy(buffer, unneeded, buffer, 0, limit - unneeded);
        base += unneeded;
        position -= unneeded;
        limit -= unneeded;
    }

    private void grow() {
        if (buffer.length == MAX_BUFFER_SIZE) {
            throw errorHere("a statement of more than 2 GB");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, MAX_BUFFER_SIZE));
        search = new ByteSearch(buffer);
    }
}
