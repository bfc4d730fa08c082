package dev.migrator.sql;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a script, from a stream, through a buffer: a cursor that goes forward only, counts lines, and sums up what it
 * has passed. The buffer grows only while {@linkplain #hold() something is held}; else it is used again.
 */
final class ScriptInput implements Closeable {

    static final int BUFFER_SIZE = 64 * 1024;

    private static final int MAX_BUFFER_SIZE = Integer.MAX_VALUE - 8;
    /** So much of what lies behind the cursor stays: for looking back, and to show the line of an error. */
    private static final int LOOK_BEHIND = 1024;

    private static final long NOTHING = Long.MAX_VALUE;

    private final String script;
    private final InputStream in;
    private final Utf8 utf8 = new Utf8();
    private final Checksum checksum = new Checksum();
    /** Of the text after placeholders; null where nobody asks for it. */
    private @Nullable Checksum replacedChecksum;

    private final List<Place> places = new ArrayList<>();
    private final Place here = newPlace();

    private byte[] buffer;
    private long base;
    private int position;
    private int limit;
    private long held = NOTHING;
    private long summed;
    private @Nullable String broken;

    ScriptInput(String script, InputStream in, int bufferSize) {
        this.script = script;
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** A text that is no script, but a part of one. */
    static ScriptInput of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // one more byte, so that there is room to find the end
        return new ScriptInput("", new ByteArrayInputStream(bytes), bytes.length + 1);
    }

    /** A place whose column stays right when its line leaves the buffer. */
    Place newPlace() {
        Place place = new Place();
        places.add(place);
        return place;
    }

    void mark(Place place) {
        place.set(here, offset());
    }

    /** As {@link #mark}, with the column counted; a column further on in the same line is then counted from here. */
    void markSettled(Place place) {
        here.moveTo(offset());
        here.settle(buffer, base);
        place.set(here, offset());
    }

    /** The offset of the cursor's byte in the script. */
    long offset() {
        return base + position;
    }

    int line() {
        return here.line();
    }

    int bufferSize() {
        return buffer.length;
    }

    /** Sums up the text after placeholders too. Only before anything is read. */
    void sumReplaced() {
        replacedChecksum = new Checksum();
    }

    /** Keeps everything from the cursor on in the buffer, until {@link #release()}. */
    void hold() {
        held = offset();
    }

    void release() {
        held = NOTHING;
    }

    /** Skips a byte order mark, which psql does too. Only before anything else. */
    void skipByteOrderMark() throws IOException {
        if (peek(0) == 0xEF && peek(1) == 0xBB && peek(2) == 0xBF) {
            position += 3;
            here.startLine(offset());
        }
    }

    /** The byte that is so far ahead of the cursor, or -1 behind the end. */
    int peek(int ahead) throws IOException {
        while (position + ahead >= limit) {
            if (broken != null || !fill()) {
                return -1;
            }
        }
        return buffer[position + ahead] & 0xFF;
    }

    /** The byte that is so far behind the cursor, or -1 if that is before {@code floor}. At most two are asked for. */
    int behind(int back, long floor) {
        return offset() - back < floor ? -1 : buffer[position - back] & 0xFF;
    }

    /** Moves behind the next byte and returns it, or -1 at the end. */
    int read() throws IOException {
        if (position == limit && !more()) {
            return -1;
        }
        int b = buffer[position++] & 0xFF;
        if (b == '\n' || b == '\r') {
            lineEnd(b);
        }
        return b;
    }

    /**
     * Moves on by some bytes, which are in the buffer and hold no line end.
     *
     * @param instead what counts for them in the sum of the text after placeholders; null for themselves
     */
    void pass(int count, byte @Nullable [] instead) {
        Checksum replaced = replacedChecksum;
        if (replaced != null && instead != null) {
            sum();
            checksum.update(buffer, position, count);
            replaced.update(instead, 0, instead.length);
            summed += count;
        }
        position += count;
    }

    /** Moves back, by no more than may be looked {@link #behind}; there is no line end in between. */
    void stepBack(int count) {
        position -= count;
    }

    /** Moves to the next byte that is in the table and no line end, and returns it; -1 at the end. Counts lines. */
    int skipTo(boolean[] stops) throws IOException {
        for (; ; ) {
            int b = find(stops);
            if (b != '\n' && b != '\r') {
                return b;
            }
            position++;
            lineEnd(b);
        }
    }

    /** Moves to the next byte that is in the table, which may be a line end, and returns it; -1 at the end. */
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

    /** Copies bytes up to a line's end and behind it, as many as there are at hand; -1 at the end. COPY data ends lines with LF. */
    int readDataLine(byte @Nullable [] target, int offset, int length) throws IOException {
        if (position == limit && !more()) {
            return -1;
        }
        int start = position;
        int end = Math.min(limit, length <= limit - start ? start + length : limit);
        int at = start;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        if (at < end) {
            at++;
            here.startNextLine(base + at);
        }
        position = at;
        if (target != null) {
            System.arraycopy(buffer, start, target, offset, at - start);
        }
        return at - start;
    }

    /** Whether so many bytes can be had without asking the stream. */
    boolean hasBytes(int count) {
        return limit - position >= count;
    }

    /** Whether the byte before the cursor is a line feed. */
    boolean atDataLineStart() {
        return position > 0 && buffer[position - 1] == '\n';
    }

    /** What keyword stands between two offsets, which must be held. */
    Word word(long from, long to) {
        return Word.find(buffer, (int) (from - base), (int) (to - base));
    }

    /** The text between two offsets, as far as it is held. */
    String text(long from, long to) {
        int start = (int) (from - base);
        return new String(buffer, start, (int) (to - from), StandardCharsets.UTF_8);
    }

    /** What stands before a place in its line, or the end of that. */
    String before(Place place, int maxBytes) {
        int end = (int) (place.offset() - base);
        int start = (int) Math.max(0, Math.max(place.lineStart() - base, end - maxBytes));
        while (start < end && Utf8.continues(buffer[start])) {
            start++;
        }
        return text(base + start, base + end);
    }

    /** The offset behind the last byte before the cursor that is no white space; not before {@code floor}. */
    long trimmedEnd(long floor) {
        int at = position;
        while (base + at > floor && Stops.isSpace(buffer[at - 1] & 0xFF)) {
            at--;
        }
        return base + at;
    }

    /** The sum of everything before the cursor. */
    String checksum() {
        sum();
        return checksum.value();
    }

    /** The same of the text after placeholders, if {@link #sumReplaced()} has been called. */
    String replacedChecksum() {
        sum();
        return (replacedChecksum == null ? checksum : replacedChecksum).value();
    }

    ScriptException errorHere(String problem) {
        here.moveTo(offset());
        return error(here, problem);
    }

    ScriptException error(Place place, String problem) {
        place.settle(buffer, base);
        String excerpt = place.lineStart() < base ? null : Excerpt.of(lineOf(place), place.column() - 1);
        return new ScriptException(script, place.line(), place.column(), problem, excerpt);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String lineOf(Place place) {
        int start = (int) (place.lineStart() - base);
        int end = start;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return text(base + start, base + end);
    }

    private void lineEnd(int b) {
        boolean secondHalf = b == '\n' && position > 1 && buffer[position - 2] == '\r';
        if (secondHalf) {
            here.startLine(offset());
        } else {
            here.startNextLine(offset());
        }
    }

    /** Whether there is a byte at the cursor, which stands at the end of the buffer. */
    private boolean more() throws IOException {
        do {
            if (broken != null) {
                throw errorHere(broken);
            }
            if (!fill()) {
                return false;
            }
        } while (position == limit);
        return true;
    }

    /** Reads what the stream has. A wrong byte is not shown: the cursor stops before it, and {@link #more()} reports it. */
    private boolean fill() throws IOException {
        if (limit == buffer.length) {
            makeRoom();
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            broken = utf8.insideCharacter() ? "the text ends inside a UTF-8 character" : null;
            return broken != null;
        }
        int end = limit + count;
        int good = utf8.check(buffer, limit, end);
        if (good < end) {
            broken = whatIsWrongWith(buffer[good], base + good);
        }
        limit = good;
        return true;
    }

    private static String whatIsWrongWith(byte b, long offset) {
        if (b == 0) {
            return "a NUL byte, which PostgreSQL's texts cannot hold";
        }
        if (offset == 0 && (b == (byte) 0xFF || b == (byte) 0xFE)) {
            return "not UTF-8 but UTF-16: save the script as UTF-8";
        }
        return "not UTF-8: byte 0x%02X at offset %d; save the script as UTF-8".formatted(b, offset);
    }

    private void makeRoom() {
        int lookBehind = Math.max(2, Math.min(LOOK_BEHIND, buffer.length / 4));
        int keep = (int) Math.max(0, Math.min(held - base, position - lookBehind));
        // copying less than half of it away would make the work quadratic
        if (keep == 0 || keep < buffer.length / 2) {
            grow();
            return;
        }
        sum();
        here.moveTo(offset());
        for (Place place : places) {
            place.settle(buffer, base);
        }
        System.arraycopy(buffer, keep, buffer, 0, limit - keep);
        base += keep;
        position -= keep;
        limit -= keep;
    }

    private void grow() {
        if (buffer.length == MAX_BUFFER_SIZE) {
            throw errorHere("a statement of more than 2 GB");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, MAX_BUFFER_SIZE));
    }

    private void sum() {
        int from = (int) (summed - base);
        checksum.update(buffer, from, position - from);
        if (replacedChecksum != null) {
            replacedChecksum.update(buffer, from, position - from);
        }
        summed = offset();
    }
}
