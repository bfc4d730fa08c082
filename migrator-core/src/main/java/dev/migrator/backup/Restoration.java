package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import dev.migrator.postgres.OtherDatabases;
import dev.migrator.postgres.ServerFacts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a dump into a new database beside the old one, and swaps their names: until then the old one is as it was. Its steps
 * follow one another: {@link #look}, {@link #fill}, {@link #swap}; {@link #close} drops what has not been put to use.
 */
public final class Restoration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private final Connection connection;
    private final ServerFacts facts;
    private final BackupOptions options;
    private final OtherDatabases server;
    private final LibpqConnection libpq;
    private final Instant at;
    private final List<String> warnings = new ArrayList<>();

    private @Nullable MaintenanceDatabase maintenance;
    private @Nullable ClientPrograms programs;
    private @Nullable DumpContents contents;
    private @Nullable DatabaseTraits traits;
    private @Nullable ScratchDatabase scratch;
    private @Nullable NameSwap swap;

    /**
     * Prepares one; nothing is done yet.
     *
     * @param connection to the database that is to be replaced, in autocommit mode
     * @param facts that connection's
     * @param password the role's, or null where the URL has it, or {@code PGPASSWORD} or a pgpass file
     * @param at the moment for the names of databases
     */
    public Restoration(
            Connection connection, ServerFacts facts, BackupOptions options, @Nullable String password, Instant at)
            throws SQLException {
        this.connection = connection;
        this.facts = facts;
        this.options = options;
        this.server = OtherDatabases.of(connection, password, facts.role());
        this.libpq = LibpqConnection.of(connection, password);
        this.at = at;
    }

    /**
     * Looks whether everything that it needs is there, and touches nothing.
     *
     * @param terminating whether others who are connected will be ended
     * @param fromAnother whether the dump may be one of another database
     */
    public RestoreOutlook look(Path file, boolean terminating, boolean fromAnother) throws SQLException {
        List<String> problems = new ArrayList<>();
        read(file, fromAnother, problems);
        List<String> leftovers = openMaintenance(problems);
        DatabaseTraits found = DatabaseTraits.read(connection, facts.major(), facts.database());
        traits = found;
        problems.addAll(new RestoreConditions(connection, facts.database()).ofReplacing(found));
        List<OtherConnection> others = OtherConnection.of(connection, facts.database(), facts.pid());
        for (OtherConnection other : others) {
            if (!terminating) {
                problems.add("somebody else is connected to the database: " + other.describe()
                        + "; stop it, or have it ended (--terminate).");
            } else if (!other.terminable()) {
                problems.add("the role may not end a connection to the database: " + other.describe()
                        + "; stop it, or GRANT pg_signal_backend (a superuser's can be ended by a superuser only).");
            }
        }
        return new RestoreOutlook(contents, others, keptAs(), leftovers, List.copyOf(problems));
    }

    private void read(Path file, boolean fromAnother, List<String> problems) {
        try {
            programs = ClientPrograms.find(options.programs(), facts.major());
            DumpContents read = DumpContents.read(programs, file);
            contents = read;
            if (!fromAnother && !read.isOf(facts.database())) {
                problems.add(file + " was made of another database, " + read.database() + ", and not of "
                        + facts.database() + "; if it is meant, say so (--from-another-database).");
            }
        } catch (BackupException e) {
            problems.add(e.getMessage() + (e.action().isEmpty() ? "" : ". " + e.action()));
        }
    }

    private List<String> openMaintenance(List<String> problems) throws SQLException {
        try {
            MaintenanceDatabase opened = MaintenanceDatabase.open(server, facts.database());
            maintenance = opened;
            return new Leftovers(opened, facts.database()).find();
        } catch (SQLException e) {
            problems.add(
                    "no other database of the server could be connected to (postgres, template1), from which to replace"
                            + " this one: " + e.getMessage()
                            + ". GRANT CONNECT ON DATABASE postgres, let pg_hba.conf admit the"
                            + " role to it, and see that the password is known (PGPASSWORD, or a pgpass file).");
            return List.of();
        }
    }

    private String keptAs() throws SQLException {
        return SiblingName.BEFORE_RESTORE.free(connection, facts.database(), at);
    }

    /**
     * Restores the dump into a new database, which nobody else uses yet; {@link #look} must have found no problems.
     *
     * @throws BackupException if it cannot be restored
     */
    public void fill(Path file, RestoreProgress progress, BooleanSupplier cancelled)
            throws BackupException, SQLException {
        MaintenanceDatabase opened = Objects.requireNonNull(maintenance);
        DumpContents read = Objects.requireNonNull(contents);
        new Leftovers(opened, facts.database()).drop();
        String name = SiblingName.RESTORING.free(connection, facts.database(), at);
        ScratchDatabase made =
                ScratchDatabase.create(server, opened, Objects.requireNonNull(traits), name, facts.database());
        scratch = made;
        new PgRestore(Objects.requireNonNull(programs), libpq, facts.role(), options.jobs())
                .into(name, file, read.entries(), progress, cancelled);
        progress.on(RestorePhase.COMPARING, read.entries(), read.entries());
        requireTables(read, made);
        analyze(made, cancelled);
    }

    /** Statistics are not the data: what keeps them from being gathered, such as a foreign server out of reach, is only told. */
    private void analyze(ScratchDatabase made, BooleanSupplier cancelled) throws SQLException {
        try {
            made.analyze(cancelled);
        } catch (SQLException e) {
            if (!made.isConnected()) {
                throw e;
            }
            LOG.warn("Not all statistics could be gathered of {}", made.name(), e);
            warnings.add("Not all statistics could be gathered: " + e.getMessage()
                    + ". Run ANALYZE when its reason is gone.");
        }
    }

    /** What did not go as it should have, though the dump is restored. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    static void requireTables(DumpContents contents, ScratchDatabase scratch) throws BackupException, SQLException {
        long expected = contents.tables().stream()
                .filter(table -> table.kind() != DumpedTable.Kind.DATA)
                .count();
        int found = scratch.countTables();
        if (found != expected) {
            throw BackupException.failed(
                    "The dump holds " + expected + " tables, and " + found + " are there after it was restored.",
                    "Look at pg_restore --list of it, or take another dump.",
                    null);
        }
    }

    /** Connections to the old database that are gone when they are closed. */
    public DataSource unpooled() {
        return server.unpooled(facts.database());
    }

    /** A connection to the new database, from {@link #fill} to {@link #swap}. */
    public Connection restored() {
        return Objects.requireNonNull(scratch).connection();
    }

    /**
     * Prepares to take the place of the old database. Before it is run, the connection that this was made with has to be closed:
     * nobody may be in there then, not even us.
     *
     * @param terminating whether others who are connected are ended
     */
    public NameSwap swap(boolean terminating) throws SQLException {
        ScratchDatabase made = Objects.requireNonNull(scratch);
        NameSwap prepared = new NameSwap(
                Objects.requireNonNull(maintenance),
                Objects.requireNonNull(traits),
                facts.database(),
                made,
                keptAs(),
                terminating);
        swap = prepared;
        return prepared;
    }

    /** In which state the database is after a failure, in words for a person. */
    public String state() {
        ScratchDatabase made = scratch;
        NameSwap begun = swap;
        if (begun != null && begun.isUnknown()) {
            return "it is as it was, or it is restored and the one before is kept as " + begun.keptAs()
                    + ": the server was out of reach when it was to say which.";
        }
        return "it is as it was."
                + (made == null || made.isDropped()
                        ? ""
                        : " The unfinished database " + made.name()
                                + " could not be dropped: the next restore drops it.");
    }

    /** Drops the new database if it did not take the name. Never throws. */
    public void giveUp() {
        ScratchDatabase made = scratch;
        if (made != null) {
            made.close();
        }
    }

    /** Gives up what is not in place by now, and closes the connections. Never throws. */
    @Override
    public void close() {
        giveUp();
        MaintenanceDatabase opened = maintenance;
        if (opened != null) {
            opened.close();
        }
    }
}
