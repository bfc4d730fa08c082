package dev.migrator.sql;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The characters that a database can hold: those of its encoding. Others the server refuses, with all that they stand in. */
public final class Repertoire {

    /** All that there are; also where nobody knows better. */
    public static final Repertoire ALL = new Repertoire(null);

    private final @Nullable Charset charset;

    private Repertoire(@Nullable Charset charset) {
        this.charset = charset;
    }

    /** Those of an encoding. */
    public static Repertoire of(Charset charset) {
        return new Repertoire(charset);
    }

    /** Whether the text is kept as it is. */
    public boolean holds(String text) {
        return charset == null || charset.newEncoder().canEncode(text);
    }

    /** The text with a question mark for each character that cannot be kept; for what people read, and nothing depends on. */
    public String fit(String text) {
        if (charset == null) {
            return text;
        }
        // what a NUL is written as is not in every encoding
        String written = text.replace('\0', '?');
        return holds(written) ? written : new String(written.getBytes(charset), charset);
    }
}
