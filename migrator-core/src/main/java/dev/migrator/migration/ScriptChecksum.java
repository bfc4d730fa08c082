package dev.migrator.migration;

import dev.migrator.sql.Checksum;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.ScriptException;
import dev.migrator.sql.ScriptScanner;
import java.io.IOException;
import java.io.InputStream;

/**
 * Computes a script's checksum: a versioned one's is of the text as it stands, a repeatable's of the text after placeholders,
 * for a new value is a reason to run it again. What Migrator knows itself ({@code ${migrator:user}} and the like) stays as it is
 * written: most of it is known only once there is a connection.
 */
final class ScriptChecksum {

    /** As much as the JDK reads from a file without asking for memory first. */
    private static final int BUFFER = 8 * 1024;

    /** From here on asking for memory costs less than asking the system so often. */
    private static final int BIG = 1024 * 1024;

    private static final int BUFFER_FOR_BIG = 64 * 1024;

    private final Placeholders placeholders;
    private final byte[] buffer = new byte[BUFFER];

    ScriptChecksum(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    String ofVersioned(Script script) throws IOException {
        Checksum checksum = new Checksum();
        try (InputStream in = script.source().open()) {
            byte[] bytes = buffer;
            long read = 0;
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                checksum.update(bytes, 0, n);
                read += n;
                if (read >= BIG && bytes == buffer) {
                    bytes = new byte[BUFFER_FOR_BIG];
                }
            }
        }
        return checksum.value();
    }

    /** Answers whether the text may have placeholders. */
    private boolean sumUp(Script script, Checksum checksum) throws IOException {
        boolean found = false;
        try (InputStream in = script.source().open()) {
            byte last = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
                for (int i = 0; i < n; i++) {
                    found |= buffer[i] == '{' && last == '$';
                    last = buffer[i];
                }
            }
        }
        return found;
    }

    String ofRepeatable(Script script, ScriptConf conf) throws IOException {
        Checksum checksum = new Checksum();
        boolean mayHavePlaceholders = sumUp(script, checksum);
        String raw = checksum.value();
        if (!mayHavePlaceholders) {
            return raw;
        }
        try (InputStream in = script.source().open()) {
            return new ScriptScanner(script.path(), in, placeholders, conf.directives())
                    .summingReplaced()
                    .outline()
                    .replacedChecksum();
        } catch (ScriptException e) {
            // whoever comes to run it says what is wrong with it
            return raw;
        }
    }
}
