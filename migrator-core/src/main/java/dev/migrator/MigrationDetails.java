package dev.migrator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one migration, without asking the database.
 *
 * @param migration how it stands now
 * @param history what was recorded of it, the oldest first
 * @param sql its script as it is found here, placeholders and all; null for one in Java, and where it is not found here
 * @param cut whether the script is longer than that
 * @param statements the statements of that text
 * @param rollbackScript the script that takes it back, or null
 * @param rollbackSql that script's text, or null
 */
public record MigrationDetails(
        MigrationInfo migration,
        List<MigrationInfo> history,
        @Nullable String sql,
        boolean cut,
        List<Statement> statements,
        @Nullable String rollbackScript,
        @Nullable String rollbackSql) {

    /**
     * A statement of the script.
     *
     * @param number from 1
     * @param line its first line
     * @param start how it begins, in one line
     * @param ms how long it took the last time, in milliseconds; null where it was too quick to be seen
     */
    public record Statement(
            int number, int line, String start, @Nullable Long ms) {}
}
