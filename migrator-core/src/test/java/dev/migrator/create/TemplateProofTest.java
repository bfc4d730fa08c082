package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigrationReport;
import dev.migrator.run.Repair;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applies each template as it stands, to tables of those names that hold rows and are in use, and takes it back. */
class TemplateProofTest extends DatabaseTest {

    private static final int ROWS = 2500;

    @TempDir
    private Path other;

    private Path rollback = Path.of("");

    @BeforeEach
    void makeTables() {
        scripts.with("V1__before.sql", """
                create table other_table (id bigint primary key);
                insert into other_table select generate_series(1, 10);
                create table my_table (id bigint primary key, my_column text);
                insert into my_table select n, case when n %% 5 = 0 then 'kept' end from generate_series(1, %d) n;
                create type my_enum as enum ('old value', 'last value');
                """.formatted(ROWS));
        migrator().build().migrate();
    }

    /** Writes it as version 2. */
    private void create(String template) {
        CreatedMigration created = NewMigration.write(
                new CreateRequest("Try it", folder, template, null, false, true, false, null), Clock.systemUTC());
        assertThat(created.version()).isEqualTo("2");
        rollback = created.files().get(1);
        // no migration of its own: a rollback is run by hand here
        assertThat(rollback).hasFileName("U2__try_it.sql");
    }

    private MigrationReport migrate() {
        return migrator().build().migrate();
    }

    private Future<MigrationReport> migrateMeanwhile() {
        return CompletableFuture.supplyAsync(this::migrate);
    }

    /** Runs the rollback's text as a script of its own, with a history of its own. */
    private void takeBack() throws IOException {
        Scripts back = new Scripts(other).with("V1__back.sql", Files.readAllBytes(rollback));
        migrator()
                .locations(back.location())
                .table("taken_back")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .build()
                .migrate();
    }

    private static void assertDone(Future<MigrationReport> run) throws Exception {
        assertThat(run.get(20, TimeUnit.SECONDS).applied()).hasSize(1);
    }

    private boolean somebodyWaits() {
        return database.value("select exists (select from pg_locks where not granted)")
                .equals("t");
    }

    private String columns() {
        return database.value("select string_agg(attname, ' ' order by attnum) from pg_attribute"
                + " where attrelid = 'my_table'::regclass and attnum > 0 and not attisdropped");
    }

    private String constraints() {
        return database.value(
                "select string_agg(conname || ' ' || convalidated, ', ' order by conname) from pg_constraint"
                        + " where conrelid = 'my_table'::regclass and contype in ('c', 'f')");
    }

    private Connection transaction(String sql) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    @Test
    void theDefaultOneIsAnEmptyScriptThatRefusesToBeTakenBack() {
        create("default");

        assertThat(migrate().applied()).hasSize(1);
        assertThatThrownBy(this::takeBack)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("The rollback of V2__try_it.sql is not written yet");
    }

    @Test
    void aColumnComesWithoutARewriteAndWaitsForNobodyForLong() throws Exception {
        database.execute("alter table my_table rename column my_column to older");
        StepLog log = new StepLog(database);
        String file = database.value("select pg_relation_filenode('my_table')");
        create("add-column");
        Future<MigrationReport> run;
        try (Connection reader = transaction("select count(*) from my_table")) {
            run = CompletableFuture.supplyAsync(() -> migrator()
                    .lockTimeout(Duration.ofMillis(100))
                    .retry(100, Duration.ofMillis(20), Duration.ofMillis(50))
                    .build()
                    .migrate());
            await().until(this::somebodyWaits);

            assertThat(StepLog.asTraffic(database, "insert into my_table (id) values (-1)"))
                    .isOne();
            assertThat(run).isNotDone();
            reader.rollback();
        }

        assertDone(run);
        assertThat(columns()).isEqualTo("id older my_column");
        assertThat(database.value("select pg_relation_filenode('my_table')"))
                .as("not rewritten")
                .isEqualTo(file);
        assertThat(log.steps()).containsExactly("my_table AccessExclusiveLock");
        takeBack();
        assertThat(columns()).isEqualTo("id older");
        assertThat(database.value("select count(*) from my_table")).isEqualTo(Integer.toString(ROWS + 1));
    }

    @Test
    void aTableIsThereAndIsTakenBack() throws IOException {
        database.execute("drop table my_table");
        create("table");

        migrate();

        database.execute("insert into my_table (name) values ('a'), ('b')");
        assertThat(database.column("select id || name from my_table where created_at <= now() order by id"))
                .containsExactly("1a", "2b");
        takeBack();
        assertThat(database.value("select to_regclass('my_table') is null")).isEqualTo("t");
    }

    @Test
    void aTableOnWhichSomethingDependsIsNotTakenBack() {
        database.execute("drop table my_table");
        create("table");
        migrate();
        database.execute("create view dependent as select * from my_table");

        assertThatThrownBy(this::takeBack)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("dependent");
    }

    @Test
    void anIndexIsBuiltWhileOthersWrite() throws Exception {
        create("index");
        Future<MigrationReport> run;
        try (Connection writer = transaction("insert into my_table values (-1, 'open')")) {
            run = migrateMeanwhile();
            await().until(() -> database.value("select count(*) from pg_stat_progress_create_index")
                    .equals("1"));

            assertThat(StepLog.asTraffic(database, "insert into my_table values (-2, 'while it is built')"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "update my_table set my_column = 'x' where id = 1"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "select count(*) from my_table"))
                    .isEqualTo(ROWS + 1);
            assertThat(run).isNotDone();
            writer.commit();
        }

        assertDone(run);
        String valid = "select indisvalid from pg_index where indexrelid = to_regclass('my_table_my_column_idx')";
        assertThat(database.column(valid)).containsExactly("t");
        takeBack();
        assertThat(database.column(valid)).isEmpty();
    }

    @Test
    void anInvalidIndexOfAnEarlierAttemptIsNotTakenForIt() throws Exception {
        database.execute("create index my_table_my_column_idx on my_table (my_column)");
        database.execute(
                "update pg_index set indisvalid = false where indexrelid = 'my_table_my_column_idx'::regclass");
        create("index");

        migrate();

        assertThat(database.value(
                        "select indisvalid from pg_index where indexrelid = 'my_table_my_column_idx'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void aForeignKeyIsCheckedWhileOthersWriteToBothTables() throws Exception {
        database.execute("alter table my_table alter my_column type bigint using id % 10 + 1");
        StepLog log = new StepLog(database);
        create("foreign-key");
        Future<MigrationReport> run;
        try (AutoCloseable stop = log.stopping("%validate constraint%")) {
            run = migrateMeanwhile();
            await().until(log::isStopped);

            assertThat(StepLog.asTraffic(database, "insert into my_table values (-1, 3)"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "insert into other_table values (11)"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "delete from other_table where id = 11"))
                    .isOne();
            assertThat(run).isNotDone();
            assertThat(stop).isNotNull();
        }

        assertDone(run);
        assertThat(log.steps())
                .first()
                .asString()
                .as("short, for it reads nothing")
                .contains("my_table ShareRowExclusiveLock", "other_table ShareRowExclusiveLock")
                .doesNotContain("scan");
        assertThat(log.steps())
                .last()
                .asString()
                .contains("my_table ShareUpdateExclusiveLock", "other_table RowShareLock", "scan")
                .doesNotContain("ShareRowExclusive", "AccessExclusive");
        assertThat(constraints()).isEqualTo("my_table_my_column_fkey true");
        assertThatThrownBy(() -> StepLog.asTraffic(database, "insert into my_table values (-2, 99)"))
                .hasMessageContaining("my_table_my_column_fkey");
        takeBack();
        assertThat(constraints()).isNull();
    }

    @Test
    void aForeignKeyThatARowBreaksGoesOnWithTheCheckWhenTheRowIsMended() {
        database.execute("alter table my_table alter my_column type bigint using id % 10 + 1");
        database.execute("update my_table set my_column = 99 where id = 7");
        create("foreign-key");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("99");
        assertThat(constraints()).isEqualTo("my_table_my_column_fkey false");
        database.execute("update my_table set my_column = 1 where id = 7");
        migrate();

        assertThat(constraints()).isEqualTo("my_table_my_column_fkey true");
        assertThat(history()).last().isEqualTo("2 versioned applied 2/2");
    }

    @Test
    void notNullReadsTheTableOnlyWhileOthersWrite() throws Exception {
        database.execute("update my_table set my_column = 'value' where my_column is null");
        StepLog log = new StepLog(database);
        create("not-null");
        Future<MigrationReport> run;
        try (AutoCloseable stop = log.stopping("%validate constraint%")) {
            run = migrateMeanwhile();
            await().until(log::isStopped);

            assertThat(StepLog.asTraffic(database, "insert into my_table values (-1, 'new')"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "select count(*) from my_table"))
                    .isEqualTo(ROWS + 1);
            assertThat(run).isNotDone();
            assertThat(stop).isNotNull();
        }

        assertDone(run);
        assertThat(log.steps())
                .containsExactly(
                        "my_table AccessExclusiveLock",
                        "my_table ShareUpdateExclusiveLock: scan",
                        "my_table AccessExclusiveLock",
                        "my_table AccessExclusiveLock");
        assertThat(notNull()).isEqualTo("t");
        assertThat(constraints()).isNull();
        takeBack();
        assertThat(notNull()).isEqualTo("f");
    }

    @Test
    void setNotNullAloneWouldReadTheTableWhileNobodyCan() {
        database.execute("update my_table set my_column = 'value' where my_column is null");
        StepLog log = new StepLog(database);

        database.execute("alter table my_table alter column my_column set not null");

        assertThat(log.steps()).containsExactly("my_table AccessExclusiveLock: scan");
    }

    private String notNull() {
        return database.value("select attnotnull from pg_attribute where attrelid = 'my_table'::regclass"
                + " and attname = 'my_column'");
    }

    @Test
    void notNullThatHasStoppedHalfWayIsTakenBackOrGoesOn() throws IOException {
        create("not-null");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("my_table_my_column_not_null");
        assertThat(history()).last().isEqualTo("2 versioned failed 1/4");
        assertThat(constraints()).isEqualTo("my_table_my_column_not_null false");
        database.execute("update my_table set my_column = 'value' where my_column is null");
        migrate();
        assertThat(notNull()).isEqualTo("t");
        takeBack();

        assertThat(constraints()).isNull();
        assertThat(notNull()).isEqualTo("f");
    }

    @Test
    void dataIsChangedInBatchesThatLeaveTheRestOfTheRowsAlone() throws Exception {
        create("data");
        Future<MigrationReport> run;
        try (Connection writer = transaction("update my_table set id = id where id = " + (ROWS - 1))) {
            run = migrateMeanwhile();
            await().until(this::somebodyWaits);

            assertThat(filled()).as("committed before the end").isEqualTo(1000);
            assertThat(StepLog.asTraffic(database, "update my_table set my_column = 'x' where id = 1"))
                    .isOne();
            assertThat(StepLog.asTraffic(database, "insert into my_table values (-1, 'new')"))
                    .isOne();
            writer.commit();
        }

        assertDone(run);
        assertThat(filled()).isEqualTo(ROWS * 4 / 5 - 1);
        assertThat(database.value("select count(*) from my_table where my_column = 'kept'"))
                .isEqualTo(Integer.toString(ROWS / 5));
        assertThatThrownBy(this::takeBack)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("The data that V2__try_it.sql has changed cannot be brought back");
    }

    private int filled() {
        return Integer.parseInt(database.value("select count(*) from my_table where my_column = 'my value'"));
    }

    @Test
    void dataThatWasNotChangedToTheEndIsChangedByTheNextRun() throws Exception {
        create("data");
        try (Connection writer = transaction("update my_table set id = id where id = " + (ROWS - 1))) {
            assertThatThrownBy(() -> migrator()
                            .lockTimeout(Duration.ofMillis(100))
                            .build()
                            .migrate())
                    .isInstanceOf(MigrationFailedException.class);
            assertThat(filled()).isEqualTo(1000);
            writer.rollback();
        }

        migrate();

        assertThat(filled()).isEqualTo(ROWS * 4 / 5);
        assertThat(history()).last().isEqualTo("2 versioned applied 1/1");
    }

    @Test
    void dataGoesOnAfterAKillWhenThatIsSaid() throws Exception {
        create("data");
        try (Connection writer = transaction("update my_table set id = id where id = " + (ROWS - 1))) {
            Future<MigrationReport> run = migrateMeanwhile();
            await().until(this::somebodyWaits);
            database.value("select pg_terminate_backend(pid) from pg_locks where not granted");
            assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS)).isNotNull();
            writer.rollback();
        }

        assertThatThrownBy(this::migrate).hasMessageContaining("repair");
        migrator().build().repair(Repair.retry());
        migrate();

        assertThat(filled()).isEqualTo(ROWS * 4 / 5);
    }

    @Test
    void anEnumValueCanBeUsedBehindItAndSaysThatItCannotBeTakenBack() throws Exception {
        create("enum-value");
        Files.writeString(
                folder.resolve("V2__try_it.sql"),
                Files.readString(folder.resolve("V2__try_it.sql"))
                        + "create table uses as select 'new value'::my_enum as value;\n");
        database.execute("create table in_use (value my_enum)", "insert into in_use values ('old value')");
        try (Connection writer = transaction("insert into in_use values ('last value')")) {
            assertThatCode(this::migrate).doesNotThrowAnyException();
            writer.commit();
        }

        assertThat(database.value("select enum_range(null::my_enum)"))
                .isEqualTo("{\"old value\",\"new value\",\"last value\"}");
        assertThat(database.column("select value from uses")).containsExactly("new value");
        assertThatThrownBy(this::takeBack)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("The enum value that V2__try_it.sql has added cannot be dropped");
    }
}
