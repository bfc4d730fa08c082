package dev.migrator.run;

import dev.migrator.history.KeptRollback;
import dev.migrator.migration.Migration;
import dev.migrator.sql.Checksum;
import dev.migrator.sql.Repertoire;
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

    static @Nullable KeptRollback keep(Migration migration, boolean text, Repertoire repertoire) {
        Migration.Sql rollback = migration.rollback();
        if (rollback == null) {
            return null;
        }
        try (InputStream in = rollback.script().source().open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            Checksum checksum = new Checksum();
            checksum.update(bytes, 0, bytes.length);
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                checksum.update(buffer, 0, n);
            }
            String conf = rollback.conf().settings();
            String obstacle = obstacle(bytes, conf, repertoire);
            if (text && obstacle != null) {
                LOG.warn("{} {}: its text is not kept in the history", rollback.origin(), obstacle);
            }
            boolean kept = text && obstacle == null;
            return new KeptRollback(
                    rollback.script().path(),
                    checksum.value(),
                    kept ? decode(bytes) : null,
                    // without the text it is of no use, and may not fit either
                    kept ? conf : null);
        } catch (IOException e) {
            LOG.warn("The rollback script {} cannot be read, and is not kept in the history: {}", rollback.origin(), e);
            return null;
        }
    }

    /** Why the text cannot be kept, or null if it can. */
    private static @Nullable String obstacle(byte[] bytes, @Nullable String conf, Repertoire repertoire) {
        if (bytes.length > MAX_BYTES) {
            return "is larger than 1 MiB";
        }
        if (!isUtf8(bytes)) {
            return "is no text in UTF-8";
        }
        return repertoire.holds(decode(bytes)) && (conf == null || repertoire.holds(conf))
                ? null
                : "has a character that the database's encoding lacks";
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
