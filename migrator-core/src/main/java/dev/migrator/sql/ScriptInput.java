package dev.migrator.sql;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cursor over a script's bytes that counts lines, remembers places, and says where an error is. */
final class ScriptInput extends ScriptBytes implements Closeable {

    static final int BUFFER_SIZE = 64 * 1024;

    private final String script;
    private final InputStream in;
    private final List<Place> places = new ArrayList<>();
    private final Place here = newPlace();

    ScriptInput(String script, InputStream in, int bufferSize) {
        super(new Utf8Stream(in), bufferSize);
        this.script = script;
        this.in = in;
    }

    /** A text that is no script, but a part of one. */
    static ScriptInput of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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
        settle(here);
        place.set(here, offset());
    }

    int line() {
        return here.line();
    }

    /** Sums up the text after placeholders too. Only before anything is read. */
    void sumReplaced() {
        checksums().sumReplaced();
    }

    /** Skips a byte order mark, which psql does too. Only before anything else. */
    void skipByteOrderMark() throws IOException {
        if (peek(0) == 0xEF && peek(1) == 0xBB && peek(2) == 0xBF) {
            pass(3, null);
            here.startLine(offset());
        }
    }

    /** The byte that is so far behind the cursor, or -1 if that is before {@code floor}. At most two are asked for. */
    int behind(int back, long floor) {
        return offset() - back < floor ? -1 : behind(back);
    }

    @Override
    int read() throws IOException {
        int b = super.read();
        if (b == '\n' || b == '\r') {
            lineEnd(b);
        }
        return b;
    }

    /** Moves to the next byte that is in the table and no line end, and returns it; -1 at the end. Counts lines. */
    int skipTo(boolean[] stops) throws IOException {
        for (; ; ) {
            int b = find(stops);
            if (b != '\n' && b != '\r') {
                return b;
            }
            pass(1, null);
            lineEnd(b);
        }
    }

    /** Copies bytes up to a line's end and behind it, as many as there are at hand; -1 at the end. COPY data ends lines with LF. */
    @Override
    int readDataLine(byte @Nullable [] target, int offset, int length) throws IOException {
        int count = super.readDataLine(target, offset, length);
        if (count > 0 && atDataLineStart()) {
            here.startNextLine(offset());
        }
        return count;
    }

    /** Whether the byte before the cursor is a line feed. */
    boolean atDataLineStart() {
        return behind(1) == '\n';
    }

    /** What stands before a place in its line, or the end of that. */
    String before(Place place, int maxBytes) {
        return tail(place.lineStart(), place.offset(), maxBytes);
    }

    /** The offset behind the last byte before the cursor that is no white space; not before {@code floor}. */
    long trimmedEnd(long floor) {
        int spaces = 0;
        while (offset() - spaces > floor && Stops.isSpace(behind(spaces + 1))) {
            spaces++;
        }
        return offset() - spaces;
    }

    /** The sum of everything before the cursor. */
    String checksum() {
        return checksums().value();
    }

    /** The same of the text after placeholders, if {@link #sumReplaced()} has been called. */
    String replacedChecksum() {
        return checksums().replacedValue();
    }

    @Override
    ScriptException errorHere(String problem) {
        here.moveTo(offset());
        return error(here, problem);
    }

    ScriptException error(Place place, String problem) {
        settle(place);
        String line = lineFrom(place.lineStart());
        String excerpt = line == null ? null : Excerpt.of(line, place.column() - 1);
        return new ScriptException(script, place.line(), place.column(), problem, excerpt);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    @Override
    void beforeDropping() {
        here.moveTo(offset());
        places.forEach(this::settle);
    }

    /** The cursor has passed a line end. */
    private void lineEnd(int b) {
        boolean secondHalf = b == '\n' && behind(2) == '\r';
        if (secondHalf) {
            here.startLine(offset());
        } else {
            here.startNextLine(offset());
        }
    }
}
