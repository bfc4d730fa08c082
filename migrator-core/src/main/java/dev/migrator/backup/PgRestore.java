package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Restores a dump into an empty database. It stops at the first error; who calls it then drops the database, so that it need not be
 * one transaction, which would need a lock for each object ({@code max_locks_per_transaction}) and could not use several jobs.
 */
record PgRestore(ClientPrograms programs, LibpqConnection connection, String role, int jobs) {

    /** How its verbose lines begin that tell of one entry each. */
    private static final List<String> COUNTED = List.of(
            "pg_restore: creating ", "pg_restore: processing data for table ", "pg_restore: executing SEQUENCE SET ");

    private static final int MAX_LINES = 12;

    /**
     * Restores all of it.
     *
     * @throws BackupException at the first error, with what pg_restore and the server say of it
     */
    void into(String database, Path file, int entries, RestoreProgress progress, BooleanSupplier cancelled)
            throws BackupException {
        AtomicInteger done = new AtomicInteger();
        progress.on(RestorePhase.RESTORING, 0, entries);
        ClientProgram.Result result;
        try {
            result = programs.program("pg_restore", connection.to(database).writing())
                    .heardBy(line -> {
                        if (COUNTED.stream().anyMatch(line::startsWith)) {
                            progress.on(RestorePhase.RESTORING, Math.min(entries, done.incrementAndGet()), entries);
                        }
                    })
                    .run(arguments(database, file), ClientProgram.Output.NONE, () -> {}, cancelled);
        } catch (IOException e) {
            throw BackupException.failed(
                    "pg_restore cannot be run: " + e.getMessage(), "Look at the programs in " + programs.folder(), e);
        }
        if (!result.succeeded()) {
            String said = errors(result.errors());
            throw BackupException.failed(
                    "pg_restore ended with exit code " + result.exitCode() + (said.isEmpty() ? "." : ":\n" + said),
                    action(said),
                    null);
        }
    }

    private List<String> arguments(String database, Path file) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dbname=" + conninfo(database), "--exit-on-error", "--no-password", "--verbose", "--jobs=" + jobs));
        if (!role.equals("none")) {
            arguments.add("--role=" + role);
        }
        arguments.add(file.toAbsolutePath().toString());
        return arguments;
    }

    /** A name by itself would be taken for a connection string if it looks like one. */
    private static String conninfo(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** What is an error among all that it says of its progress. */
    static String errors(String said) {
        List<String> lines = said.lines().toList();
        int first = 0;
        while (first < lines.size() && !lines.get(first).contains("error: ")) {
            first++;
        }
        if (first == lines.size()) {
            return "";
        }
        return lines.stream()
                .skip(first)
                .filter(line -> COUNTED.stream().noneMatch(line::startsWith))
                .limit(MAX_LINES)
                .collect(Collectors.joining("\n"));
    }

    private static String action(String errors) {
        if (errors.contains("transaction_timeout")) {
            return "This pg_restore is too new for the server: let migrator.backup.programs name the folder of one that has the"
                    + " server's own major version.";
        }
        if (errors.contains("role ") && errors.contains("does not exist")) {
            return "Roles belong to the server, and no dump has them: create the one that is missing (CREATE ROLE …), and"
                    + " restore again.";
        }
        if (errors.contains("extension ") && errors.contains("is not available")) {
            return "Install the extension's package on the server, and restore again.";
        }
        if (errors.contains("No space left on device") || errors.contains("Disk quota exceeded")) {
            return "The server's disk is full: the restored database needs room beside the old one. Make room there, and restore"
                    + " again.";
        }
        if (errors.contains("permission denied") || errors.contains("must be ")) {
            return "Restore as a role that may make all that the dump holds: a superuser, or a member of all owners in it.";
        }
        return "See what pg_restore says; restore again when its reason is gone, or take another dump.";
    }
}
