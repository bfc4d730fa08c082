package dev.migrator.run;

import dev.migrator.history.History;
import dev.migrator.history.HistoryEntry;
import dev.migrator.history.HistoryRow;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.HistoryWriter;
import dev.migrator.history.Kind;
import dev.migrator.history.State;
import dev.migrator.history.TableName;
import dev.migrator.history.WayBack;
import dev.migrator.migration.Version;
import dev.migrator.postgres.ServerEncoding;
import dev.migrator.sql.Repertoire;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The history as it came out of a dump. Where the dump has none, none is made: an empty one would have the next start run everything
 * on tables that are there.
 */
record RestoredHistory(Connection connection, TableName table, History history) {

    static RestoredHistory of(Connection connection, TableName table) throws SQLException {
        try {
            return new RestoredHistory(
                    connection, table, HistoryTable.read(connection, table).history());
        } catch (HistoryTable.ForeignTableException e) {
            return new RestoredHistory(connection, table, History.absent());
        }
    }

    boolean exists() {
        return history.exists();
    }

    /** The highest version that it knows as applied, or null. */
    @Nullable
    String version() {
        return history.versions().stream()
                .filter(row -> row.state() == State.APPLIED)
                .map(HistoryRow::version)
                .filter(version -> version != null)
                .max(Comparator.<Version>naturalOrder())
                .map(Version::text)
                .orElse(null);
    }

    /** Adds the row of the restore, if there is a history. */
    void record(UUID runId, Path file, String keptAs, boolean dropsOld, String application) throws SQLException {
        if (!exists()) {
            return;
        }
        Repertoire repertoire = ServerEncoding.repertoire(connection);
        HistoryEntry entry = new HistoryEntry(
                runId,
                null,
                dropsOld
                        ? "the database as it was before is dropped"
                        : "the database as it was before is kept as " + keptAs,
                repertoire.fit(String.valueOf(file.getFileName())),
                Kind.RESTORE,
                null,
                0,
                Instance.describe(application),
                null,
                // so that it is kept as long as those are that the newest rows name
                new WayBack(file.toAbsolutePath().toString(), null),
                null);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(new HistoryWriter(table, repertoire).restored(entry));
        }
    }
}
