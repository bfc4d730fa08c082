package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.RollbackPreview;
import dev.migrator.run.RollbackReport;
import dev.migrator.run.RollbackReport.RolledBack;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest extends DatabaseTest {

    private static final String TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'"
            + "::regnamespace AND relname <> 'schema_migrations' ORDER BY relname";

    private Migrator migrate() {
        Migrator migrator = migrator().build();
        migrator.migrate();
        return migrator;
    }

    private Scripts four() {
        return scripts.with("V1__a.sql", "create table a (id int);")
                .with("U1__a.sql", "drop table a;")
                .with("002_b.up.sql", "create table b (id int);")
                .with("002_b.down.sql", "drop table b;")
                .with("2026_01_28_c/up.sql", "create table c (id int);")
                .with("2026_01_28_c/down.sql", "drop table c;");
    }

    private static List<String> versions(RollbackReport report) {
        return report.rolledBack().stream().map(RolledBack::version).toList();
    }

    @Test
    void theLastVersionIsTakenBackAndPendingAgain() {
        four();
        Migrator migrator = migrate();

        RollbackReport report = migrator.rollback(Rollback.last());

        assertThat(versions(report)).containsExactly("2026_01_28_c");
        assertThat(database.column(TABLES)).containsExactly("a", "b");
        assertThat(history())
                .containsExactly(
                        "1 versioned applied 1/1",
                        "002 versioned applied 1/1",
                        "2026_01_28_c versioned applied 1/1",
                        "2026_01_28_c rollback applied 1/1");
        assertThat(migrator.status().migrations())
                .extracting(MigrationInfo::state)
                .containsExactly("applied", "applied", "pending");
        assertThat(migrator.migrate().applied())
                .extracting(MigrationReport.Applied::script)
                .containsExactly("2026_01_28_c/up.sql");
    }

    @Test
    void soManyAreTakenBackFromTheNewestOn() {
        four();
        Migrator migrator = migrate();

        assertThat(versions(migrator.rollback(Rollback.count(2)))).containsExactly("2026_01_28_c", "002");
        assertThat(database.column(TABLES)).containsExactly("a");
    }

    @Test
    void allAboveAVersionAreTakenBackAndItStays() {
        four();
        Migrator migrator = migrate();

        assertThat(versions(migrator.rollback(Rollback.to("1")))).containsExactly("2026_01_28_c", "002");
        assertThat(versions(migrator.rollback(Rollback.to("1")))).isEmpty();
        assertThat(versions(migrator.rollback(Rollback.to("0")))).containsExactly("1");
        assertThat(database.column(TABLES)).isEmpty();
    }

    @Test
    void allOfTheLastRunAreTakenBack() {
        scripts.with("V1__a.sql", "create table a (id int);").with("U1__a.sql", "drop table a;");
        migrate();
        four();
        Migrator migrator = migrate();

        assertThat(versions(migrator.rollback(Rollback.lastRun()))).containsExactly("2026_01_28_c", "002");
        assertThat(versions(migrator.rollback(Rollback.lastRun()))).containsExactly("1");
        assertThat(migrator.rollback(Rollback.lastRun()).summary()).isEqualTo("Nothing to roll back.");
    }

    @Test
    void whatWasAppliedLastGoesFirstAlsoWhereItHasALowerVersion() {
        scripts.with("V1__a.sql", "create table a (id int);").with("V3__c.sql", "create table c (id int);");
        migrate();
        scripts.with("V2__b.sql", "create table b as select * from c;")
                .with("U2__b.sql", "drop table b;")
                .with("U3__c.sql", "drop table c;");
        Migrator migrator = migrator().outOfOrder(true).build();
        migrator.migrate();

        assertThat(versions(migrator.rollback(Rollback.to("1")))).containsExactly("2", "3");
    }

    @Test
    void nothingIsTouchedIfOneOfThemHasNoRollbackScript() {
        four().without("002_b.down.sql");
        Migrator migrator = migrate();

        ValidationFailedException refused =
                catchThrowableOfType(ValidationFailedException.class, () -> migrator.rollback(Rollback.to("0")));

        assertThat(refused.problems())
                .extracting(Problem::kind, Problem::message)
                .containsExactly(tuple(Problem.Kind.NO_ROLLBACK, "Version 002 (002_b.up.sql) has no rollback script."));
        assertThat(refused.problems().get(0).action())
                .isEqualTo(
                        "Write a rollback script, or go back to a backup (restore). Nothing else is rolled back either: to"
                                + " stop above this version, give rollback --to 002.");
        assertThat(database.column(TABLES)).containsExactly("a", "b", "c");
        assertThat(history()).hasSize(3);
    }

    @Test
    void anOlderReleaseRollsBackByTheTextThatTheHistoryHasKept(@TempDir Path older) {
        four();
        migrate();
        Scripts ofOlder = new Scripts(older).with("V1__a.sql", "create table a (id int);");
        Migrator migrator = Migrator.builder(database.dataSource())
                .locations(ofOlder.location())
                .build();

        RollbackReport report = migrator.rollback(Rollback.to("1"));

        assertThat(versions(report)).containsExactly("2026_01_28_c", "002");
        assertThat(report.notes()).contains("002_b.down.sql is not found here; it runs as the history has kept it.");
        assertThat(database.column(TABLES)).containsExactly("a");
        assertThat(migrator.migrate().applied()).isEmpty();
    }

    @Test
    void theTextIsNotKeptIfThatIsNotWantedAndTheChecksumIs(@TempDir Path older) {
        four();
        migrator().keepRollbackScripts(false).build().migrate();
        Migrator migrator = Migrator.builder(database.dataSource())
                .locations(new Scripts(older)
                        .with("V1__a.sql", "create table a (id int);")
                        .location())
                .build();

        assertThat(database.column("SELECT rollback_script FROM schema_migrations"))
                .containsOnlyNulls();
        assertThat(database.column("SELECT details -> 'rollback' ->> 'checksum' FROM schema_migrations"))
                .allSatisfy(checksum -> assertThat(checksum).startsWith("c1:"));
        assertThatThrownBy(() -> migrator.rollback(Rollback.last()))
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining(
                        "The rollback script of version 2026_01_28_c, 2026_01_28_c/down.sql, is not found here,"
                                + " and its text is not kept in the history.");
    }

    @Test
    void aRollbackThatFailsLeavesTheVersionApplied() {
        scripts.with("V1__a.sql", "create table a (id int);").with("U1__a.sql", "drop table a;\ndrop table nowhere;");
        Migrator migrator = migrate();

        MigrationFailedException failure =
                catchThrowableOfType(MigrationFailedException.class, () -> migrator.rollback(Rollback.last()));

        assertThat(failure.description()).startsWith("Rollback U1__a.sql:2:1 failed, statement 2 of 2.");
        assertThat(failure.databaseState())
                .isEqualTo(
                        "the server rolled U1__a.sql back as a whole: version 1 is still applied. Nothing else was rolled"
                                + " back by this run.");
        assertThat(failure.action())
                .isEqualTo("Correct the script and roll back again; it will be run from its beginning.");
        assertThat(database.column(TABLES)).containsExactly("a");
        assertThat(history()).containsExactly("1 versioned applied 1/1", "1 rollback failed 0/2");
        assertThat(migrator.migrate().applied()).isEmpty();
        scripts.with("U1__a.sql", "drop table a;");
        assertThat(versions(migrator.rollback(Rollback.last()))).containsExactly("1");
    }

    @Test
    void aRollbackInSeveralPartsGoesOnAtItsCheckpointAndNothingBuildsOnItMeanwhile() {
        scripts.with("V1__a.sql", "create table a (id int); create index concurrently i on a (id);")
                .with("U1__a.sql", "drop index concurrently i;\ninsert into gone values (1);\ndrop table a;");
        Migrator migrator = migrate();

        MigrationFailedException failure =
                catchThrowableOfType(MigrationFailedException.class, () -> migrator.rollback(Rollback.last()));

        assertThat(failure.databaseState())
                .isEqualTo(
                        "statements 1 to 1 of 3 of U1__a.sql are done and stay: version 1 is rolled back in part. Nothing"
                                + " else was rolled back by this run.");
        assertThat(failure.action()).startsWith("Correct what failed and roll back again; the run goes on behind");
        assertThat(migrator.migrate().notes())
                .contains("The rollback of version 1 (U1__a.sql) did not come to its end; rollback goes on with it.");
        scripts.with("V2__b.sql", "create table b (id int);");
        assertThatThrownBy(() -> migrator().build().migrate())
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining(
                        "The rollback of version 1 (U1__a.sql) has stopped after statement 1 of 3: a part of"
                                + " that version is gone, and nothing that builds on it may run.");
        database.execute("create table gone (id int)");
        assertThat(versions(migrator.rollback(Rollback.last()))).containsExactly("1");
        assertThat(database.column(TABLES)).containsExactly("gone");
        assertThat(database.column("SELECT count(*)::text FROM gone")).containsExactly("1");
        assertThat(history())
                .containsExactly("1 versioned applied 2/2", "1 rollback failed 1/3", "1 rollback applied 3/3");
        migrator().build().migrate();
        assertThat(database.column(TABLES)).containsExactly("a", "b", "gone");
    }

    @Test
    void whatWasCutOffInTheMiddleCanBeTakenBack() {
        scripts.with("V1__a.sql", "create table a (id int);\ncreate index concurrently i on a (id);\nbroken;")
                .with("U1__a.sql", "drop table if exists a;");
        Migrator migrator = migrator().build();
        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        RollbackReport report = migrator.rollback(Rollback.last());

        assertThat(versions(report)).containsExactly("1");
        assertThat(report.notes())
                .contains("V1__a.sql stopped after statement 2 of 3: what takes it back has to do with a part of it.");
        assertThat(database.column(TABLES)).isEmpty();
        scripts.with("V1__a.sql", "create table a (id int);");
        assertThat(migrator().build().migrate().applied()).hasSize(1);
    }

    @Test
    void whatWasSkippedAboveItIsPendingAgainToo() {
        scripts.with("V1__a.sql", "create table a (id int);")
                .with("U1__a.sql", "drop table a;")
                .with("V2__b.sql", "-- migrator: only-if=env:production\ncreate table b (id int);");
        Migrator migrator = migrate();

        assertThat(versions(migrator.rollback(Rollback.last()))).containsExactly("2", "1");
        assertThat(migrator.migrate().applied()).hasSize(1);
    }

    @Test
    void theBaselineStays() {
        database.execute("create table old (id int)");
        scripts.with("V6__a.sql", "create table a (id int);").with("U6__a.sql", "drop table a;");
        Migrator migrator =
                migrator().baselineOnMigrate(true).baselineVersion("5").build();
        migrator.migrate();

        assertThatThrownBy(() -> migrator.rollback(Rollback.to("4")))
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining(
                        "The schema was at version 5 before Migrator came: nothing knows the way back to 4.");
        assertThat(versions(migrator.rollback(Rollback.to("5")))).containsExactly("6");
        assertThat(versions(migrator.rollback(Rollback.last()))).isEmpty();
    }

    /** With a way back. */
    static class V1__Both_ways implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            execute(context, "create table j (id int)");
        }

        @Override
        public void rollback(MigrationContext context) throws SQLException {
            execute(context, "drop table j");
        }

        static void execute(MigrationContext context, String sql) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Without one. */
    static class V2__One_way implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            V1__Both_ways.execute(context, "create table k (id int)");
        }
    }

    @Test
    void aMigrationInJavaIsTakenBackByItsOwnMethod() {
        Migrator migrator =
                migrator().javaMigrations(List.of(new V1__Both_ways())).build();
        migrator.migrate();

        assertThat(versions(migrator.rollback(Rollback.last()))).containsExactly("1");
        assertThat(database.column(TABLES)).isEmpty();
        assertThat(history()).containsExactly("1 versioned applied 0/0", "1 rollback applied 0/0");
    }

    @Test
    void aMigrationInJavaWithoutThatMethodIsRefused() {
        Migrator migrator = migrator()
                .javaMigrations(List.of(new V1__Both_ways(), new V2__One_way()))
                .build();
        migrator.migrate();

        assertThatThrownBy(() -> migrator.rollback(Rollback.to("0")))
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining("is a migration in Java without a rollback.");
        assertThat(database.column(TABLES)).containsExactly("j", "k");
    }

    @Test
    void theHistorySaysWhereTheLogStoodBeforeEachStep() {
        four();
        migrate();

        assertThat(
                        database.column(
                                "SELECT (wal_lsn < pg_current_wal_insert_lsn()"
                                        + " AND wal_lsn > coalesce(lag(wal_lsn) OVER (ORDER BY id), '0/0'))::text FROM schema_migrations"))
                .containsExactly("true", "true", "true");
        assertThat(database.column("SELECT DISTINCT details ->> 'restore_point' FROM schema_migrations"))
                .singleElement()
                .asString()
                .matches("migrator-before-1-[0-9a-f]{8}");
    }

    @Test
    void aPlanIsShownAndNothingElseThanItIsDone() {
        four();
        Migrator migrator = migrate();

        RollbackPreview preview = migrator.previewRollback(Rollback.count(2));

        assertThat(preview.items())
                .extracting(RollbackPreview.Item::version, RollbackPreview.Item::script)
                .containsExactly(tuple("2026_01_28_c", "2026_01_28_c/down.sql"), tuple("002", "002_b.down.sql"));
        assertThat(history()).hasSize(3);
        migrator().build().rollback(Rollback.last());
        assertThatThrownBy(() -> migrator.rollback(preview))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "The database has changed since the plan was shown: version 2026_01_28_c, 002 was to be"
                                + " rolled back, and now it would be 002, 1.");
        assertThat(database.column(TABLES)).containsExactly("a", "b");
    }
}
