package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found here as an applied version is not always what was applied as that version. */
class RollbackOfAnotherTest extends DatabaseTest {

    private static final String TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'"
            + "::regnamespace AND relname <> 'schema_migrations' ORDER BY relname";

    @TempDir
    private Path other;

    private Scripts applied() {
        return scripts.with("V1__customer.sql", "create table customer (id int);")
                .with("V5__x.sql", "create table x (id int);")
                .with("U5__x.sql", "drop table x;");
    }

    private Scripts here() {
        return new Scripts(other).with("V1__customer.sql", "create table customer (id int);");
    }

    private MigratorBuilder migratorHere() {
        return Migrator.builder(database.dataSource()).locations(new Scripts(other).location());
    }

    private List<Problem> refusal(Migrator migrator) {
        return catchThrowableOfType(ValidationFailedException.class, () -> migrator.rollback(Rollback.last()))
                .problems();
    }

    @Test
    void whatWasAppliedIsTakenBackAndNotAnotherOfItsVersion() {
        applied();
        migrator().build().migrate();
        here().with("V5__y.sql", "create table y (id int);")
                .with("U5__y.sql", "drop table if exists y; drop table customer;");

        assertThat(migratorHere().build().rollback(Rollback.last()).notes())
                .containsExactly(
                        "V5__y.sql is not what was applied as version 5, which was V5__x.sql: U5__x.sql runs as the"
                                + " history has kept it.");
        assertThat(database.column(TABLES)).containsExactly("customer");
    }

    @Test
    void anotherIsRefusedWhereTheTextIsNotKept() {
        applied();
        migrator().keepRollbackScripts(false).build().migrate();
        here().with("V5__y.sql", "create table y (id int);").with("U5__y.sql", "drop table customer;");

        assertThat(refusal(migratorHere().build()))
                .extracting(Problem::kind, Problem::script, Problem::message)
                .containsExactly(tuple(
                        Problem.Kind.NO_ROLLBACK,
                        "V5__x.sql",
                        "V5__y.sql is not what was applied as version 5, which was V5__x.sql; the text of U5__x.sql is"
                                + " not kept in the history."));
        assertThat(database.column(TABLES)).containsExactly("customer", "x");
    }

    @Test
    void anotherIsRefusedWhereNothingTookBackWhatWasApplied() {
        applied().without("U5__x.sql");
        migrator().build().migrate();
        here().with("V5__y.sql", "create table y (id int);").with("U5__y.sql", "drop table customer;");

        Problem problem = refusal(migratorHere().build()).get(0);

        assertThat(problem.message())
                .isEqualTo("V5__y.sql is not what was applied as version 5, which was V5__x.sql; the history has no"
                        + " rollback script of that.");
        assertThat(problem.action())
                .startsWith(
                        "Let V5__x.sql be found here again, with what takes it back, or go back to a backup (restore).");
    }

    @Test
    void oneThatWasMovedAndRenamedIsTheSame() {
        applied();
        migrator().build().migrate();
        here().with("new/V5__better_name.sql", "create table x (id int);")
                .with("new/U5__better_name.sql", "drop table x; create table corrected (id int);");

        migratorHere().build().rollback(Rollback.last());

        assertThat(database.column(TABLES)).containsExactly("corrected", "customer");
    }

    @Test
    void oneThatWasChangedIsTakenBackAsItWasApplied() {
        applied();
        migrator().build().migrate();
        scripts.with("V5__x.sql", "create table x2 (id int);").with("U5__x.sql", "drop table x2;");

        assertThat(migrator().build().rollback(Rollback.last()).notes())
                .containsExactly(
                        "V5__x.sql was changed after it was applied as version 5: U5__x.sql runs as the history has"
                                + " kept it.");
        assertThat(database.column(TABLES)).containsExactly("customer");
    }

    @Test
    void oneThatWasChangedIsRefusedWhereTheTextIsNotKept() {
        applied();
        migrator().keepRollbackScripts(false).build().migrate();
        scripts.with("V5__x.sql", "create table x2 (id int);").with("U5__x.sql", "drop table customer;");

        assertThat(refusal(migrator().build()))
                .extracting(Problem::message)
                .containsExactly(
                        "V5__x.sql was changed after it was applied as version 5; the text of U5__x.sql is not kept"
                                + " in the history.");
    }

    @Test
    void oneThatStoppedInItsMiddleMayBeMended() {
        scripts.with("V5__x.sql", "create table x (id int);\nvacuum x;\nbroken;")
                .with("U5__x.sql", "broken;");
        Migrator migrator = migrator().build();
        Assertions.assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);
        scripts.with("V5__x.sql", "create table x (id int);\nvacuum x;\nselect 1;")
                .with("U5__x.sql", "drop table x;");

        migrator().build().rollback(Rollback.last());

        assertThat(database.column(TABLES)).isEmpty();
    }

    @Test
    void anotherThanTheOneThatStoppedInItsMiddleIsNotTakenForIt() {
        applied().with("V5__x.sql", "create table x (id int);\nvacuum x;\nbroken;");
        Migrator migrator = migrator().build();
        Assertions.assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);
        here().with("V5__y.sql", "create table y (id int);").with("U5__y.sql", "drop table customer;");

        migratorHere().build().rollback(Rollback.last());

        assertThat(database.column(TABLES)).containsExactly("customer");
    }

    /** Has no checksum, as most have none. */
    private record InJava(String name) implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) throws SQLException {
            execute(context, "create table j (id int)");
        }

        @Override
        public void rollback(MigrationContext context) throws SQLException {
            execute(context, "drop table j");
        }

        private static void execute(MigrationContext context, String sql) throws SQLException {
            try (Statement statement = context.connection().createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aScriptDoesNotTakeBackWhatAnotherMigrationInJavaDid() {
        migrator().javaMigrations(List.of(new InJava("V5__in_java"))).build().migrate();
        here().without("V1__customer.sql")
                .with("V5__y.sql", "create table y (id int);")
                .with("U5__y.sql", "create table harm (id int);");

        assertThat(refusal(migratorHere().build()))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("V5__y.sql is not what was applied as version 5, which was ");
        assertThat(database.column(TABLES)).containsExactly("j");
    }

    @Test
    void aMigrationInJavaDoesNotTakeBackWhatAnotherScriptDid() {
        applied();
        migrator().build().migrate();

        migrator()
                .locations(here().location())
                .javaMigrations(List.of(new InJava("V5__in_java")))
                .build()
                .rollback(Rollback.last());

        assertThat(database.column(TABLES)).containsExactly("customer");
    }

    @Test
    void aClassThatWasRenamedAndHasItsDescriptionIsTheSame() {
        scripts.with("V5__x.sql", "create table j (id int);");
        migrator().build().migrate();
        scripts.without("V5__x.sql");

        migrator().javaMigrations(List.of(new InJava("V5__x"))).build().rollback(Rollback.last());

        assertThat(database.column(TABLES)).isEmpty();
    }
}
