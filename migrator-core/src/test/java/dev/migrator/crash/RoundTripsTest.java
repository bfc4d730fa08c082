package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a migration costs that is far from its database. */
class RoundTripsTest {

    private static final int FEW = 10;
    private static final int MANY = 60;

    @TempDir
    private Path few;

    @TempDir
    private Path many;

    @Test
    void aSimpleScriptCostsOne() {
        int more = roundTrips(few, FEW, "") - roundTrips(many, MANY, "");

        assertThat(-more).isEqualTo(MANY - FEW);
    }

    @Test
    void aScriptThatLeavesSomethingInItsSessionCostsNoMore() {
        String leaves = "SET search_path = pg_catalog; SET ROLE NONE; CREATE TEMP TABLE x (id int); LISTEN y;";

        int more = roundTrips(few, FEW, leaves) - roundTrips(many, MANY, leaves);

        assertThat(-more).isEqualTo(MANY - FEW);
    }

    private static int roundTrips(Path folder, int count, String end) {
        Scripts scripts = new Scripts(folder);
        for (int i = 1; i <= count; i++) {
            scripts.with(
                    "V%d__t.sql".formatted(i),
                    "CREATE TABLE t%1$d (id int PRIMARY KEY);\nINSERT INTO t%1$d VALUES (1);\n%2$s".formatted(i, end));
        }
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port())) {
            PGSimpleDataSource dataSource = new OneConnection();
            dataSource.setURL(proxy.url(database.name()));
            dataSource.setUser("postgres");
            dataSource.setPassword("postgres");
            Migrator.builder(dataSource)
                    .locations(scripts.location())
                    .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF))
                    .build()
                    .migrate();
            return proxy.roundTrips();
        }
    }

    /**
     * Has none for the observer: what it sees of a statement that takes long, as on a slow machine, is written by a trip of its
     * own.
     */
    @SuppressWarnings("serial")
    private static final class OneConnection extends PGSimpleDataSource {

        private boolean given;

        @Override
        public synchronized Connection getConnection() throws SQLException {
            if (given) {
                throw new SQLException("too many connections", "53300");
            }
            given = true;
            return super.getConnection();
        }
    }
}
