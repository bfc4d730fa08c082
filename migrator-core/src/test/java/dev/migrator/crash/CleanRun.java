package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.testing.TestDatabase;
import java.time.Duration;
import java.util.List;

/**
 * What a run that nothing disturbed leaves behind: what has to be there in the end after any number of crashes, too.
 *
 * @param applied version, or description of a repeatable, of each migration, in order
 */
record CleanRun(Fingerprint fingerprint, List<String> applied) {

    private static final String APPLIED =
            "SELECT coalesce(version, description) FROM schema_migrations WHERE state = 'applied' ORDER BY 1";

    private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static final String LEASE_TABLE = "SELECT count(*) FROM pg_class WHERE relname = 'schema_migrations_lock'";

    private static final String LEASES =
            "SELECT count(*) FROM schema_migrations_lock WHERE lease_until > clock_timestamp()";

    /** Takes down what a run has left. */
    static CleanRun in(TestDatabase database) {
        return new CleanRun(Fingerprint.of(database.dataSource()), database.column(APPLIED));
    }

    /** Nothing is missing, nothing is there twice, nothing is left over. */
    void requireIn(TestDatabase database) {
        assertThat(database.column(APPLIED)).as("applied").isEqualTo(applied);
        assertThat(
                        database.column(
                                "SELECT script || ' ' || state FROM schema_migrations WHERE state NOT IN ('applied', 'interrupted')"))
                .as("neither applied nor marked as interrupted")
                .isEmpty();
        assertThat(database.column("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                .as("invalid indexes")
                .isEmpty();
        assertThat(Fingerprint.of(database.dataSource()).lines())
                .as("what the database holds")
                .isEqualTo(fingerprint.lines());
        // a session that was killed while it waited, or after its last statement, ends when the server has noticed
        await().atMost(Duration.ofSeconds(5)).until(() -> database.value(LOCKS).equals("0"));
        await().atMost(Duration.ofSeconds(5)).until(() -> leaseIsFree(database));
    }

    /** Whether there is no lease, nobody holds it, or it has run out. */
    static boolean leaseIsFree(TestDatabase database) {
        return database.value(LEASE_TABLE).equals("0") || database.value(LEASES).equals("0");
    }
}
