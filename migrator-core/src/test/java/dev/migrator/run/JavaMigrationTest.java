package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.migration.Schema;
import dev.migrator.migration.good.V2__Second;
import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaMigrationTest extends DatabaseTest {

    @Test
    void runsInItsPlaceAmongTheScriptsInOneTransactionWithItsRow() {
        scripts.with("V1__book.sql", "CREATE TABLE book (id int);").with("V3__c.sql", "CREATE TABLE c (id int);");

        migrator().javaMigrations(List.of(new V2__Fill_books())).build().migrate();

        assertThat(history())
                .containsExactly("1 versioned applied 1/1", "2 versioned applied 0/0", "3 versioned applied 1/1");
        assertThat(database.value("SELECT script || ': ' || description FROM schema_migrations WHERE version = '2'"))
                .isEqualTo(V2__Fill_books.class.getName() + ": Fill books");
        assertThat(database.value("SELECT (SELECT xmin FROM book) = (SELECT xmin FROM schema_migrations"
                        + " WHERE version = '2')"))
                .isEqualTo("t");
    }

    @Test
    void isAskedOnlyInTheThreadThatMigrates() {
        List<Thread> askers = new ArrayList<>();
        Asked asked = new Asked(() -> askers.add(Thread.currentThread()));

        migrator().javaMigrations(List.of(asked)).build().migrate();
        migrator().javaMigrations(List.of(asked)).build().migrate();

        assertThat(askers).isNotEmpty().containsOnly(Thread.currentThread());
    }

    @Test
    void aRunThatIsCancelledWhileItLooksForMigrationsIsNoFailure() {
        Migrator[] migrator = new Migrator[1];
        Asked cancelling = new Asked(() -> migrator[0].cancel("ada"));
        migrator[0] = migrator().javaMigrations(List.of(cancelling)).build();

        assertThatThrownBy(() -> migrator[0].migrate())
                .isInstanceOf(RunCancelledException.class)
                .hasMessageContaining("The run was cancelled by ada while it looked for migrations.");
        assertThat(database.value("SELECT to_regclass('schema_migrations')")).isNull();
    }

    private record Asked(Runnable question) implements JavaMigration {

        @Override
        public String name() {
            return "V1__asked";
        }

        @Override
        public String checksum() {
            question.run();
            return "c1:asked";
        }

        @Override
        public void migrate(MigrationContext context) {}
    }

    @Test
    void isFoundAsAClassBesideTheScripts() {
        migrator()
                .locations("classpath:dev/migrator/migration/good")
                .javaMigrations(List.of(new V2__Second()))
                .build()
                .migrate();

        assertThat(history())
                .containsExactly(
                        "1 versioned applied 0/0",
                        "2 versioned applied 0/0",
                        "5 versioned applied 0/0",
                        "Every repeatable applied 0/0");
        assertThat(database.value("SELECT to_regclass('book') IS NOT NULL")).isEqualTo("t");
    }

    static final class V2__Fill_books implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            try (PreparedStatement insert = context.connection().prepareStatement("INSERT INTO book VALUES (?)")) {
                insert.setInt(1, 42);
                insert.executeUpdate();
            }
        }
    }

    /** A migration made of a lambda. */
    private record Written(String name, boolean transactional, Code code) implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws Exception {
            code.run(context);
        }
    }

    private interface Code {

        void run(MigrationContext context) throws Exception;
    }

    private void run(boolean transactional, Code code) {
        migrator()
                .javaMigrations(List.of(new Written("V1__code", transactional, code)))
                .build()
                .migrate();
    }

    private MigrationFailedException failureOf(boolean transactional, Code code) {
        return failure(
                MigrationFailedException.class,
                migrator().javaMigrations(List.of(new Written("V1__code", transactional, code))));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void oneOutsideOfATransactionMayBeBusyElsewhereForLong() {
        database.execute("ALTER DATABASE " + database.name() + " SET idle_session_timeout = '1s'");

        run(false, context -> database.value("SELECT pg_sleep(2)"));

        assertThat(history()).containsExactly("1 versioned applied 0/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback", "close", "setAutoCommit"})
    void mayNotTakeTheTransactionOutOfTheRunnersHands(String call) {
        MigrationFailedException failure = failureOf(true, context -> {
            execute(context.connection(), "CREATE TABLE half (id int)");
            switch (call) {
                case "commit" -> context.connection().commit();
                case "rollback" -> context.connection().rollback();
                case "close" ->
                    context.connection().createStatement().getConnection().close();
                default -> context.connection().setAutoCommit(true);
            }
        });

        assertThat(failure).hasMessageContaining("may not call " + call + "()");
        assertThat(database.value("SELECT to_regclass('half') IS NULL")).isEqualTo("t");
        assertThat(history()).containsExactly("1 versioned failed 0/0");
    }

    @Test
    void aCommitAsAStatementIsNoticed() {
        MigrationFailedException failure = failureOf(true, context -> execute(context.connection(), "COMMIT"));

        assertThat(failure).hasMessageContaining("ended its transaction by a COMMIT or ROLLBACK of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT 1 / 0"})
    void whatItCommittedByAStatementIsNotSaidToBeRolledBack(String afterwards) {
        MigrationFailedException failure = failureOf(true, context -> {
            execute(context.connection(), "CREATE TABLE half (id int)");
            execute(context.connection(), "COMMIT");
            execute(context.connection(), "CREATE TABLE other (id int)");
            execute(context.connection(), afterwards);
        });

        assertThat(failure.databaseState())
                .contains("has committed its transaction by itself")
                .contains("stays");
        assertThat(failure.action()).contains("see to what it has left");
        assertThat(database.value("SELECT to_regclass('half') IS NOT NULL AND to_regclass('other') IS NULL"))
                .isEqualTo("t");
        assertThat(history()).containsExactly("1 versioned failed 0/0");
    }

    @Test
    void whatItCommittedByAStatementIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        failureOf(true, context -> {
            calls.incrementAndGet();
            execute(context.connection(), "COMMIT");
            execute(context.connection(), "DO $$ BEGIN RAISE lock_not_available; END $$");
        });

        assertThat(calls).hasValue(1);
    }

    @Test
    void aLockTimeoutThatWasWrappedIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        run(true, context -> {
            if (calls.incrementAndGet() == 1) {
                try {
                    execute(context.connection(), "DO $$ BEGIN RAISE lock_not_available; END $$");
                } catch (SQLException e) {
                    throw new IllegalStateException("as Spring's JdbcTemplate does", e);
                }
            }
        });

        assertThat(calls).hasValue(2);
        assertThat(history()).containsExactly("1 versioned applied 0/0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorOfItsCodeIsItsFailure(boolean transactional) {
        MigrationFailedException failure = failureOf(transactional, context -> {
            throw new NoClassDefFoundError("shop/Price");
        });

        assertThat(failure).hasMessageContaining("NoClassDefFoundError: shop/Price");
        assertThat(history()).containsExactly("1 versioned failed 0/0");
    }

    @Test
    void aTransactionThatItLeftOpenDoesNotKeepItsFailureFromTheHistory() {
        MigrationFailedException failure = failureOf(false, context -> {
            execute(context.connection(), "BEGIN");
            execute(context.connection(), "SELECT 1 / 0");
        });

        assertThat(failure.action()).contains("it will be run from its beginning");
        assertThat(history()).containsExactly("1 versioned failed 0/0");
    }

    @Test
    void whatItKeepsOfItsConnectionIsOfNoUseAfterIt() throws SQLException {
        scripts.with("V2__t.sql", "CREATE TABLE t (id int);");
        List<Connection> connections = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        run(true, context -> {
            connections.add(context.connection());
            statements.add(context.connection().createStatement());
        });

        assertThatThrownBy(() -> statements.get(0).execute("SELECT 1")).hasMessageContaining("The migration has ended");
        assertThatThrownBy(() -> connections.get(0).createStatement()).hasMessageContaining("The migration has ended");
        statements.get(0).close();
    }

    @Test
    void mayTakeBackAPartWithASavepoint() {
        run(true, context -> {
            Connection connection = context.connection();
            execute(connection, "CREATE TABLE kept (id int)");
            Savepoint savepoint = connection.setSavepoint();
            try {
                execute(connection, "SELECT 1 / 0");
            } catch (SQLException expected) {
                connection.rollback(savepoint);
            }
            execute(connection, "INSERT INTO kept VALUES (1)");
        });

        assertThat(database.value("SELECT count(*) FROM kept")).isEqualTo("1");
    }

    @Test
    void aSwallowedErrorFailsTheMigration() {
        MigrationFailedException failure = failureOf(true, context -> {
            try {
                execute(context.connection(), "SELECT 1 / 0");
            } catch (SQLException swallowed) {
                // as careless code does
            }
        });

        assertThat(failure).hasMessageContaining("current transaction is aborted");
        assertThat(history()).containsExactly("1 versioned failed 0/0");
    }

    @Test
    void itsOwnExceptionIsReported() {
        MigrationFailedException failure = failureOf(true, context -> {
            throw new IllegalStateException("no such title");
        });

        assertThat(failure).hasMessageContaining("no such title").hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void runsWithoutATransactionWhereItWantsNone() {
        run(false, context -> {
            execute(context.connection(), "CREATE TABLE book (id int)");
            execute(context.connection(), "VACUUM book");
        });

        assertThat(history()).containsExactly("1 versioned applied 0/0");
    }

    @Test
    void whatItDidWithoutATransactionStaysWhenItFails() {
        MigrationFailedException failure = failureOf(false, context -> {
            execute(context.connection(), "CREATE TABLE book (id int)");
            execute(context.connection(), "SELECT 1 / 0");
        });

        assertThat(failure.databaseState()).contains("ran outside of a transaction; what it did until it ended stays");
        assertThat(database.value("SELECT to_regclass('book') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void asksTheSchema() {
        scripts.with("V0__all.sql", """
                CREATE TABLE book (id int PRIMARY KEY, "Title" text);
                CREATE VIEW books AS SELECT id FROM book;
                CREATE TYPE state AS ENUM ('new');
                CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
                """);
        List<Boolean> yes = new ArrayList<>();
        List<Boolean> no = new ArrayList<>();
        run(true, context -> {
            Schema schema = context.schema();
            yes.add(schema.tableExists("book"));
            yes.add(schema.tableExists("public.book"));
            yes.add(schema.columnExists("book", "Title"));
            yes.add(schema.indexExists("book_pkey"));
            yes.add(schema.constraintExists("book", "book_pkey"));
            yes.add(schema.viewExists("books"));
            yes.add(schema.typeExists("state"));
            yes.add(schema.functionExists("f"));
            yes.add(schema.functionExists("public.f"));
            yes.add(schema.schemaExists("public"));
            no.add(schema.tableExists("books"));
            no.add(schema.tableExists("shop.book"));
            no.add(schema.tableExists("book; DROP TABLE book"));
            no.add(schema.columnExists("book", "title"));
            no.add(schema.columnExists("nothing", "title"));
            no.add(schema.indexExists("book_title"));
            no.add(schema.constraintExists("book", "book_check"));
            no.add(schema.viewExists("book"));
            no.add(schema.typeExists("states"));
            no.add(schema.functionExists("g"));
            no.add(schema.schemaExists("shop"));
        });

        assertThat(yes).hasSize(10).containsOnly(true);
        assertThat(no).hasSize(11).containsOnly(false);
    }

    @Test
    void tellsItsProgress() {
        List<RunEvent.StepProgress> told = new ArrayList<>();

        migrator()
                .javaMigrations(List.of(new Written("V1__code", true, context -> context.progress(3, 10))))
                .listener(event -> {
                    if (event instanceof RunEvent.StepProgress progress) {
                        told.add(progress);
                    }
                })
                .build()
                .migrate();

        assertThat(told).singleElement().satisfies(progress -> {
            assertThat(progress.statement()).isEqualTo(3);
            assertThat(progress.statements()).isEqualTo(10);
        });
    }
}
