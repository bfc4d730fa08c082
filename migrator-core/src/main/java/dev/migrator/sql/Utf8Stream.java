package dev.migrator.sql;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A script's bytes as they come. Only good text is shown: before a byte that is none it ends, and {@link #broken()} says why. */
final class Utf8Stream {

    private final InputStream in;
    private final Utf8 utf8 = new Utf8();
    private long offset;
    private @Nullable String broken;

    Utf8Stream(InputStream in) {
        this.in = in;
    }

    /** Reads what there is, into a buffer from an index on. Returns how many bytes are good, or -1 at the end. */
    int read(byte[] buffer, int from) throws IOException {
        if (broken != null) {
            return -1;
        }
        int count = in.read(buffer, from, buffer.length - from);
        if (count < 0) {
            broken = utf8.insideCharacter() ? "the text ends inside a UTF-8 character" : null;
            return -1;
        }
        int good = utf8.check(buffer, from, from + count) - from;
        offset += good;
        if (good < count) {
            broken = whatIsWrongWith(buffer[from + good]);
        }
        return good;
    }

    /** Why the text cannot be read on behind its last byte; null if it can, or ends there. */
    @Nullable
    String broken() {
        return broken;
    }

    private String whatIsWrongWith(byte b) {
        if (b == 0) {
            return "a NUL byte, which PostgreSQL's texts cannot hold";
        }
        if (offset == 0 && (b == (byte) 0xFF || b == (byte) 0xFE)) {
            return "not UTF-8 but UTF-16: save the script as UTF-8";
        }
        return "not UTF-8: byte 0x%02X at offset %d; save the script as UTF-8".formatted(b, offset);
    }
}
