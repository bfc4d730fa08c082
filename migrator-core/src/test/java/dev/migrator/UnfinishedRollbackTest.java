package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Rollback;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigratorException;
import dev.migrator.run.Repair;
import dev.migrator.run.RepairReport;
import dev.migrator.run.RollbackReport.RolledBack;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback that dies in the middle, and the ways out of it. */
class UnfinishedRollbackTest extends DatabaseTest {

    @BeforeEach
    void migrate() {
        scripts.with("V1__a.sql", """
                        create table a (id int);
                        create table called (id int);
                        create procedure add_two() language plpgsql as $$
                        begin insert into called values (1); commit; insert into called values (2); end $$;
                        """).with("U1__a.sql", "call add_two();\ndrop table a;");
        migrator().build().migrate();
    }

    /** The server ends the session when it has done the first statement, and before the checkpoint behind it. */
    private MigratorException dieBehindTheFirstStatement() {
        database.execute(
                "CREATE FUNCTION at_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); RETURN NEW; END $$",
                "CREATE TRIGGER at_checkpoint BEFORE UPDATE ON schema_migrations FOR EACH ROW"
                        + " WHEN (NEW.statements_done > OLD.statements_done) EXECUTE FUNCTION at_checkpoint()");
        DatabaseUnreachableException died = catchThrowableOfType(DatabaseUnreachableException.class, this::rollBack);
        database.execute("DROP FUNCTION at_checkpoint CASCADE");
        return died;
    }

    private void rollBack() {
        migrator().build().rollback(Rollback.last());
    }

    private MigrationFailedException hiddenOutcome() {
        dieBehindTheFirstStatement();
        return catchThrowableOfType(MigrationFailedException.class, this::rollBack);
    }

    @Test
    void whoHasLostTheConnectionIsNotToldToRollBackOneMore() {
        MigratorException died = dieBehindTheFirstStatement();

        assertThat(died.databaseState())
                .startsWith(
                        "version 1 is not recorded as rolled back: nothing of U1__a.sql is done. But statement 1 may be"
                                + " done, in whole or in part: the next rollback looks");
        assertThat(died.action())
                .isEqualTo(
                        "When the server can be reached: See by the status which versions are still applied, and roll"
                                + " back those that are to go, best with rollback --to; one that was begun goes on where it stopped.");
    }

    @Test
    void theErrorNamesWaysOutThatWork() {
        assertThat(hiddenOutcome().action())
                .contains("'repair U1__a.sql --resume-after 1'")
                .contains(
                        "If the whole script is done, so that the version is rolled back: 'repair U1__a.sql --mark-applied'")
                .endsWith("else roll back again then.");

        RepairReport report = migrator().build().repair(Repair.resumeAfter(1).of("U1__a.sql"));

        assertThat(report.summary())
                .isEqualTo("U1__a.sql is recorded as done up to statement 1 of 2; the next rollback goes on there.");
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("2");
        rollBack();
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("2");
        assertThat(history()).last().isEqualTo("1 rollback applied 2/2");
    }

    @Test
    void itRunsAgainIfAPersonSaysSo() {
        hiddenOutcome();

        migrator().build().repair(Repair.retry());

        rollBack();
        assertThat(database.value("SELECT count(*) FROM called")).isEqualTo("4");
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
    }

    @Test
    void theVersionIsPendingAgainIfAPersonSaysThatItIsTakenBack() {
        hiddenOutcome();
        database.execute("drop table a", "drop table called", "drop procedure add_two");

        RepairReport report = migrator().build().repair(Repair.markApplied().of("1"));

        assertThat(report.summary())
                .isEqualTo("U1__a.sql is recorded as applied: version 1 is rolled back, and pending again.");
        assertThat(migrator().build().migrate().applied()).hasSize(1);
    }

    @Test
    void anOlderReleaseSettlesItByTheTextThatTheHistoryHasKept(@TempDir Path older) {
        hiddenOutcome();
        Migrator migrator = Migrator.builder(database.dataSource())
                .locations(new Scripts(older).location())
                .build();

        migrator.repair(Repair.resumeAfter(1));
        migrator.rollback(Rollback.last());

        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("t");
    }

    @Test
    void aMigrationThatIsBeingTakenBackIsNotSettledInPlaceOfItsRollback() {
        scripts.with("V2__b.sql", "create table b (id int);\ncreate index concurrently i on b (id);\nbroken;")
                .with("U2__b.sql", "call add_two();\ndrop table b;");
        assertThatThrownBy(() -> migrator().build().migrate()).isInstanceOf(MigrationFailedException.class);
        hiddenOutcome();

        RepairReport report = migrator().build().repair(Repair.resumeAfter(1).of("2"));

        assertThat(report.script()).isEqualTo("U2__b.sql");
        rollBack();
        assertThat(database.value("SELECT to_regclass('b') IS NULL")).isEqualTo("t");
    }

    @Test
    void oneThatTheServerHasUndoneNeedsNoRepair() {
        scripts.with("U1__a.sql", "drop table a;\nbroken;");
        assertThatThrownBy(this::rollBack).isInstanceOf(MigrationFailedException.class);

        assertThatThrownBy(() -> migrator().build().repair(Repair.retry()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("No migration is unfinished");
        assertThatThrownBy(() -> migrator().build().repair(Repair.retry().of("U1__a.sql")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("U1__a.sql needs no repair")
                .hasMessageContaining("Correct the script and roll back again");
    }

    /** One that works in several transactions, and whose way back dies. */
    static class V2__Slow implements JavaMigration {

        private final boolean dies;

        V2__Slow(boolean dies) {
            this.dies = dies;
        }

        @Override
        public boolean transactional() {
            return false;
        }

        @Override
        public void migrate(MigrationContext context) {}

        @Override
        public void rollback(MigrationContext context) throws Exception {
            if (dies) {
                try (var statement = context.connection().createStatement()) {
                    statement.execute("select pg_terminate_backend(pg_backend_pid())");
                }
            }
        }
    }

    @Test
    void nothingBuildsOnAJavaMigrationWhoseRollbackDied() {
        Migrator dying = migrator().javaMigrations(List.of(new V2__Slow(true))).build();
        dying.migrate();
        assertThatThrownBy(() -> dying.rollback(Rollback.last())).isInstanceOf(DatabaseUnreachableException.class);
        scripts.with("V3__c.sql", "create table c (id int);");
        Migrator next = migrator().javaMigrations(List.of(new V2__Slow(false))).build();

        assertThatThrownBy(next::migrate)
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining("has stopped in its middle: a part of that version may be gone");

        next.rollback(Rollback.last());
        assertThat(next.migrate().applied()).hasSize(2);
    }

    /** One that fails in its middle, in no transaction, on both ways until it is mended. */
    static class V2__Loose implements JavaMigration {

        private final boolean migrates;
        private final boolean rollsBack;

        V2__Loose(boolean migrates, boolean rollsBack) {
            this.migrates = migrates;
            this.rollsBack = rollsBack;
        }

        @Override
        public boolean transactional() {
            return false;
        }

        @Override
        public void migrate(MigrationContext context) throws Exception {
            execute(context, "create table if not exists loose (id int)");
            if (!migrates) {
                throw new IllegalStateException("in its middle");
            }
        }

        @Override
        public void rollback(MigrationContext context) throws Exception {
            execute(context, "drop table if exists loose");
            if (!rollsBack) {
                throw new IllegalStateException("in its middle");
            }
        }

        private static void execute(MigrationContext context, String sql) throws Exception {
            try (var statement = context.connection().createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aJavaMigrationThatFailedInNoTransactionIsTakenBackAndNotTheOneBelow() {
        Migrator migrator =
                migrator().javaMigrations(List.of(new V2__Loose(false, true))).build();
        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        assertThat(migrator.rollback(Rollback.last()).rolledBack())
                .extracting(RolledBack::version)
                .containsExactly("2");
        assertThat(database.value("SELECT to_regclass('loose') IS NULL AND to_regclass('a') IS NOT NULL"))
                .isEqualTo("t");
    }

    @Test
    void nothingBuildsOnAJavaMigrationWhoseRollbackFailedInNoTransaction() {
        Migrator failing =
                migrator().javaMigrations(List.of(new V2__Loose(true, false))).build();
        failing.migrate();
        assertThatThrownBy(() -> failing.rollback(Rollback.last())).isInstanceOf(MigrationFailedException.class);
        scripts.with("V3__c.sql", "create table c (id int);");
        Migrator mended =
                migrator().javaMigrations(List.of(new V2__Loose(true, true))).build();

        assertThatThrownBy(mended::migrate)
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining("a part of that version may be gone");

        mended.rollback(Rollback.last());
        assertThat(mended.migrate().applied()).hasSize(2);
    }
}
