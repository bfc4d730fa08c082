package dev.migrator.run;

import dev.migrator.history.TableName;
import dev.migrator.postgres.ServerFacts;
import dev.migrator.sql.Placeholders;
import java.util.Map;
import java.util.Objects;

/** The placeholders whose values Migrator knows itself, once there is a connection: {@code ${migrator:schema}} and others. */
final class KnownPlaceholders {

    private KnownPlaceholders() {}

    /** The user's placeholders and these. The names stand as they are, not quoted: {@code "${migrator:user}"} quotes one. */
    static Placeholders of(RunOptions options, TableName table, ServerFacts facts) {
        return options.placeholders()
                .knowing(Map.of(
                        "schema", Objects.requireNonNull(table.schema()),
                        "table", table.table(),
                        "user", facts.user(),
                        "database", facts.database(),
                        "application", options.application()));
    }
}
