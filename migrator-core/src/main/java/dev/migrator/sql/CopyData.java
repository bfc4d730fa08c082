package dev.migrator.sql;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of data that follow a COPY … FROM STDIN, up to the line {@code \.}, which is consumed but not handed out. */
final class CopyData extends InputStream {

    private final ScriptInput in;
    private final Place copy;
    private boolean atLineStart = true;
    private boolean ended;

    /** The input stands at the data's first line. */
    CopyData(ScriptInput in, Place copy) {
        this.in = in;
        this.copy = copy;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int done = 0;
        // as many lines as there is room for, but no waiting for more once there is something
        while (done < length && (done == 0 || in.hasBytes(4))) {
            int count = line(target, offset + done, length - done);
            if (count < 0) {
                return done > 0 ? done : -1;
            }
            done += count;
        }
        return done;
    }

    /** Moves to the end of the data, without handing it out. */
    void skipRest() throws IOException {
        while (line(null, 0, Integer.MAX_VALUE) >= 0) {
            // the line is passed
        }
    }

    private int line(byte @Nullable [] target, int offset, int length) throws IOException {
        if (ended || atLineStart && endMark()) {
            ended = true;
            return -1;
        }
        int count = in.readDataLine(target, offset, length);
        if (count < 0) {
            throw in.error(copy, "the data of this COPY has no end: a line with \\. alone is missing");
        }
        atLineStart = in.atDataLineStart();
        return count;
    }

    /** psql takes {@code \.} and {@code \.\r} as the end, also where the script ends with it. */
    private boolean endMark() throws IOException {
        if (in.peek(0) != '\\' || in.peek(1) != '.') {
            return false;
        }
        int carriageReturn = in.peek(2) == '\r' ? 1 : 0;
        int after = in.peek(2 + carriageReturn);
        if (after != '\n' && after != -1) {
            return false;
        }
        for (int i = 0; i < 3 + carriageReturn; i++) {
            in.read();
        }
        return true;
    }
}
