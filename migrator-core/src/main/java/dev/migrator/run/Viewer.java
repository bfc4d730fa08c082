package dev.migrator.run;

import dev.migrator.backup.BackupFile;
import dev.migrator.history.HistoryTable;
import dev.migrator.history.TableName;
import dev.migrator.migration.Found;
import dev.migrator.migration.MigrationFinder;
import dev.migrator.plan.Plan;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.SchemaTables;
import dev.migrator.postgres.Session;
import dev.migrator.sql.Placeholders;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Looks at a database, with what was found in the locations before its eyes, and changes nothing. */
public final class Viewer {

    private final Database database;
    private final MigrationFinder finder;
    private final RunOptions options;

    Viewer(Database database, MigrationFinder finder, RunOptions options) {
        this.database = database;
        this.finder = finder;
        this.options = options;
    }

    /** What is to be known of the database while the session is open. */
    private interface Sight<T> {

        T of(Session session) throws SQLException;
    }

    private <T> T look(Sight<T> sight) {
        try (Session session = database.open()) {
            return sight.of(session);
        } catch (SQLException e) {
            throw Database.trouble("The database could not be looked at", e);
        }
    }

    /**
     * How things stand.
     *
     * @throws MigratorException if the database cannot be looked at
     */
    public Standing standing() {
        Found found = finder.find();
        return look(session -> standing(found, session));
    }

    private Standing standing(Found found, Session session) throws SQLException {
        TableName table = new Preparation(session).resolve(options.table());
        HistoryTable.Content content = Database.read(session, table);
        boolean schemaEmpty = content.exists()
                || new Catalog(session.connection())
                        .schemaIsEmpty(Objects.requireNonNull(table.schema()), table.table());
        Standing standing = new Standing(content, found, options.rules(), schemaEmpty);
        standing.plan();
        return standing;
    }

    /** How things stand, and all that is wrong; every pending script, and every callback, is read for it. */
    public Validation validate() {
        Found found = finder.find();
        return look(session -> {
            Standing standing = standing(found, session);
            Placeholders placeholders = KnownPlaceholders.of(options, standing.table(), session.facts());
            Plan plan = standing.plan();
            FirstReading reading = FirstReading.of(plan.steps(), placeholders, options.environments());
            CallbackReading callbacks = CallbackReading.of(found.callbacks(), placeholders, options.environments());
            boolean borrowed = Locking.isBorrowed(session, options);
            return new Validation(standing, reading.all(callbacks.problems(plan.problems(), borrowed), borrowed));
        });
    }

    /**
     * What a validation found.
     *
     * @param problems all that is wrong; empty when all is well
     */
    public record Validation(Standing standing, List<Problem> problems) {}

    /** The tables of the schema that is migrated. */
    public List<SchemaTables.Table> tables() {
        return look(session -> {
            TableName table = new Preparation(session).resolve(options.table());
            return SchemaTables.of(session.connection(), Objects.requireNonNull(table.schema()));
        });
    }

    /** What a rollback would do, and what would be lost by it. */
    public RollbackPreview preview(Rollback rollback) {
        Found found = finder.find();
        return look(session -> {
            TableName table = new Preparation(session).resolve(options.table());
            return Preview.of(found, options, session, table, rollback);
        });
    }

    /** The dumps that there are of the database, the newest first. */
    public List<BackupFile> backups() {
        return look(session -> options.backups().list(session.facts().database()));
    }
}
