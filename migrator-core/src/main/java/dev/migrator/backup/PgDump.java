package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@code pg_dump} is told, and what its failures mean. */
final class PgDump {

    /** What it adds to the status of a process that a signal ended. */
    private static final int SIGNALLED = 128;

    private static final String LOG_IN =
            "pg_dump logs in by itself: give it the role's password with migrator.password, in PGPASSWORD or in a pgpass file"
                    + " (~/.pgpass, PGPASSFILE), and see that pg_hba.conf and the network let it in as they let in the application.";

    private final BackupOptions options;
    private final Duration lockWait;

    /**
     * Describes it.
     *
     * @param lockWait how long it waits for each table that somebody holds exclusively
     */
    PgDump(BackupOptions options, Duration lockWait) {
        this.options = options;
        this.lockWait = lockWait;
    }

    /** Where it connects to is in its environment. */
    List<String> arguments(Path file, String snapshot, String role) {
        List<String> arguments = new ArrayList<>(List.of(
                "--format=" + (options.format() == BackupFormat.DIRECTORY ? "directory" : "custom"),
                "--no-password",
                "--lock-wait-timeout=" + lockWait.toMillis(),
                "--snapshot=" + snapshot,
                "--file=" + file));
        if (options.format() == BackupFormat.DIRECTORY) {
            arguments.add("--jobs=" + options.jobs());
        }
        if (!role.equals("none")) {
            // what the pool's connections become; else the dump would be made with other rights than the migration
            arguments.add("--role=" + role);
        }
        return arguments;
    }

    /** Why it came to nothing. */
    BackupException failure(ClientProgram.Result result, LibpqConnection connection, Path directory) {
        String errors = result.errors();
        boolean misunderstood = errors.contains("error: invalid ") && errors.contains(" value: ");
        if (misunderstood || errors.contains("error: connection to ")) {
            return BackupException.notPossible(
                    "pg_dump cannot log in to " + connection.destination() + ": " + errors, LOG_IN);
        }
        if (errors.isEmpty() && result.exitCode() > SIGNALLED) {
            return failed(
                    "it was ended by signal " + (result.exitCode() - SIGNALLED),
                    "Look into the system's log for who ended it (9: the kernel, for want of memory, or kill -9).");
        }
        if (errors.contains("No space left on device") || errors.contains("Disk quota exceeded")) {
            return failed(
                    errors, "Make room in " + directory + ", or name another folder with migrator.backup.directory.");
        }
        if (errors.contains("due to statement timeout") && errors.contains("LOCK TABLE")) {
            return failed(
                    "a table was held exclusively for longer than " + lockWait.toMillis() + " ms: " + errors,
                    "Wait for whoever holds it, or end them: SELECT pid, query FROM pg_stat_activity WHERE pid IN (SELECT"
                            + " pid FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted).");
        }
        return failed(
                errors.isEmpty() ? "it ended with status " + result.exitCode() + " and no word" : errors,
                "Try again; where it comes back, run pg_dump by hand to see more.");
    }

    private static BackupException failed(String why, String action) {
        return BackupException.failed("pg_dump failed: " + why, action, null);
    }
}
