package dev.migrator.run;

import dev.migrator.history.KeptRollback;
import dev.migrator.migration.Migration;
import dev.migrator.sql.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a rollback script when its migration is applied: its checksum, and its text, so that an older release, which
 * has not got the script, can run it.
 */
final class RollbackText {

    private static final Logger LOG = LoggerFactory.getLogger(RollbackText.class);

    /** A row of the history is no place for more. */
    private static final int MAX_BYTES = 1 << 20;

    private RollbackText() {}

    static @Nullable KeptRollback keep(Migration migration, boolean text) {
        Migration.Sql rollback = migration.rollback();
        if (rollback == null) {
            return null;
        }
        try (InputStream in = rollback.script().source().open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            boolean whole = bytes.length <= MAX_BYTES;
            Checksum checksum = new Checksum();
            checksum.update(bytes, 0, bytes.length);
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
            }
            if (text && !whole) {
                LOG.warn("{} is larger than 1 MiB: its text is not kept in the history", rollback.origin());
            }
            return new KeptRollback(
                    rollback.script().path(),
                    checksum.value(),
                    text && whole && isUtf8(bytes) ? decode(bytes) : null,
                    rollback.conf().settings());
        } catch (IOException e) {
            LOG.warn("The rollback script {} cannot be read, and is not kept in the history: {}", rollback.origin(), e);
            return null;
        }
    }

    /** What is none would be another text when it comes out of the history again. */
    private static boolean isUtf8(byte[] bytes) {
        String text = decode(bytes);
        return text.indexOf('\0') < 0 && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
