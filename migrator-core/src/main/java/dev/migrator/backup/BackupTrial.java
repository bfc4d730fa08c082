package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import dev.migrator.postgres.OtherDatabases;
import dev.migrator.postgres.ServerFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tries a dump out: restores it into a database that is dropped again, and compares what came of it with the dump itself. */
public final class BackupTrial {

    private static final int MAX_DIFFERENCES = 20;

    private final Connection connection;
    private final ServerFacts facts;
    private final BackupOptions options;
    private final OtherDatabases server;
    private final LibpqConnection libpq;

    /**
     * Prepares one; nothing is done yet.
     *
     * @param connection to the database that the dump is one of; it is only looked at
     * @param facts that connection's
     * @param password the role's, or null where the URL has it, or {@code PGPASSWORD} or a pgpass file
     */
    public BackupTrial(Connection connection, ServerFacts facts, BackupOptions options, @Nullable String password)
            throws SQLException {
        this.connection = connection;
        this.facts = facts;
        this.options = options;
        this.server = OtherDatabases.of(connection, password, facts.role());
        this.libpq = LibpqConnection.of(connection, password);
    }

    /**
     * Tries it out.
     *
     * @throws BackupException if the dump is not one from which the database can be had again, or that cannot be found out
     */
    public TrialResult run(Path file, Instant at, RestoreProgress progress, BooleanSupplier cancelled)
            throws BackupException, SQLException {
        progress.on(RestorePhase.CHECKING, 0, 0);
        int major = facts.major();
        ClientPrograms programs = ClientPrograms.find(options.programs(), major);
        DumpContents contents = DumpContents.read(programs, file);
        List<String> problems = new RestoreConditions(connection, facts.database()).ofCreating();
        if (!problems.isEmpty()) {
            throw BackupException.notPossible(
                    "a database to try the dump out in cannot be made: " + String.join(" ", problems), "");
        }
        try (MaintenanceDatabase maintenance = MaintenanceDatabase.openAny(server, facts.database())) {
            new Leftovers(maintenance, facts.database()).drop();
            String name = SiblingName.VERIFYING.free(connection, facts.database(), at);
            DatabaseTraits traits = DatabaseTraits.read(connection, major, facts.database());
            try (ScratchDatabase scratch =
                    ScratchDatabase.create(server, maintenance, traits, name, facts.database())) {
                new PgRestore(programs, libpq, facts.role(), options.jobs())
                        .into(name, file, contents.entries(), progress, cancelled);
                progress.on(RestorePhase.COMPARING, contents.entries(), contents.entries());
                return compare(programs, contents, file, scratch, cancelled);
            }
        }
    }

    private TrialResult compare(
            ClientPrograms programs,
            DumpContents contents,
            Path file,
            ScratchDatabase scratch,
            BooleanSupplier cancelled)
            throws BackupException, SQLException {
        Restoration.requireTables(contents, scratch);
        DumpedRows rows = new DumpedRows();
        SchemaText dumped = new SchemaText();
        SchemaText restored = new SchemaText();
        String path = file.toAbsolutePath().toString();
        write(programs.program("pg_restore", null), List.of("--data-only", "--file=-", path), rows::read, cancelled);
        write(
                programs.program("pg_restore", null),
                List.of("--schema-only", "--file=-", path),
                dumped::read,
                cancelled);
        List<String> own = new ArrayList<>(List.of("--schema-only", "--no-password"));
        if (!facts.role().equals("none")) {
            own.add("--role=" + facts.role());
        }
        write(programs.program("pg_dump", libpq.to(scratch.name())), own, restored::read, cancelled);
        List<String> differences = new ArrayList<>(rowDifferences(rows.tables(), scratch.connection(), cancelled));
        List<String> remarks = new ArrayList<>();
        scratch.unset()
                .forEach(setting -> remarks.add("The trial went without a setting that the database has " + setting));
        if (rows.hasInserts()) {
            remarks.add("The dump has INSERTs in it: rows were not counted.");
        }
        boolean sameWords = contents.programVersion()
                .split("\\.")[0]
                .equals(Integer.toString(programs.version().major()));
        (sameWords ? differences : remarks).addAll(dumped.differences(restored));
        if (!differences.isEmpty()) {
            throw different(file, differences);
        }
        return new TrialResult(
                contents,
                scratch.countTables(),
                rows.tables().values().stream().mapToLong(Long::longValue).sum(),
                List.copyOf(remarks),
                LiveTables.read(connection).changesSince(LiveTables.read(scratch.connection()), rows.tables()));
    }

    private static void write(
            ClientProgram program, List<String> arguments, ClientProgram.Output output, BooleanSupplier cancelled)
            throws BackupException {
        ClientProgram.Result result;
        try {
            result = program.run(arguments, output, () -> {}, cancelled);
        } catch (IOException e) {
            throw BackupException.failed(
                    "The dump could not be compared: " + e.getMessage(), "Look at the programs, and try again.", e);
        }
        if (!result.succeeded()) {
            throw BackupException.failed(
                    "The dump could not be compared: " + result.errors(), "Try again, or take another dump.", null);
        }
    }

    private static List<String> rowDifferences(Map<String, Long> dumped, Connection scratch, BooleanSupplier cancelled)
            throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Statement statement = scratch.createStatement()) {
            // an error, rather than less rows, where a policy would hide some
            statement.execute("SET row_security = off");
        }
        for (Map.Entry<String, Long> table : dumped.entrySet()) {
            long restored = count(scratch, table.getKey(), cancelled);
            if (restored != table.getValue()) {
                differences.add(table.getKey() + " has " + table.getValue() + " rows in the dump, and " + restored
                        + " after it was restored");
            }
        }
        return differences;
    }

    /** The rows of a table, without those of tables that inherit from it; of a partitioned table, those of its partitions. */
    private static long count(Connection scratch, String table, BooleanSupplier cancelled) throws SQLException {
        boolean partitioned;
        try (PreparedStatement statement = scratch.prepareStatement(
                "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?)")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
                partitioned = row.getBoolean(1);
            }
        }
        return new LongStatement(scratch, cancelled)
                .number("SELECT count(*) FROM " + (partitioned ? "" : "ONLY ") + table);
    }

    private static BackupException different(Path file, List<String> differences) {
        int more = differences.size() - MAX_DIFFERENCES;
        return BackupException.failed(
                file + " can be restored, and what comes of it is not what it holds:\n- "
                        + String.join("\n- ", differences.subList(0, Math.min(MAX_DIFFERENCES, differences.size())))
                        + (more > 0 ? "\n- and " + more + " more" : ""),
                "Do not rely on it: take another one. If the dump is right, please report what was compared wrongly.",
                null);
    }
}
