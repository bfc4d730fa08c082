package dev.migrator.spring.actuate;

import dev.migrator.MigrationDetails;
import dev.migrator.MigrationInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one migration.
 *
 * @param script the script that it is about, for a version may have several in several locations
 * @param history what was recorded of it, the oldest first
 * @param sql its script as it is found here; null for one in Java, and where it is not found
 * @param cut whether the script is longer than that
 * @param statements the statements of that text, each with its time where it took long
 * @param rollbackScript the script that takes it back, or null
 * @param rollbackSql that script's text, or null
 */
public record DetailsDescriptor(
        String script,
        List<MigrationInfo> history,
        @Nullable String sql,
        boolean cut,
        List<MigrationDetails.Statement> statements,
        @Nullable String rollbackScript,
        @Nullable String rollbackSql) {

    static DetailsDescriptor of(MigrationDetails details) {
        return new DetailsDescriptor(
                details.migration().script(),
                details.history(),
                details.sql(),
                details.cut(),
                details.statements(),
                details.rollbackScript(),
                details.rollbackSql());
    }
}
