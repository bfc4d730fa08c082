package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.plan.Problem;
import dev.migrator.plan.Rollback;
import dev.migrator.run.ConfigurationException;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RollbackPreview;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.Scripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rollback means to do, and is shown before it is done. */
class RollbackPlanTest extends DatabaseTest {

    private Scripts table(int version) {
        return scripts.with("V" + version + "__t.sql", "create table t" + version + " (id int);")
                .with("U" + version + "__t.sql", "drop table t" + version + ";");
    }

    private Migrator migrate() {
        Migrator migrator = migrator().build();
        migrator.migrate();
        return migrator;
    }

    private Migrator older(Path folder) {
        return Migrator.builder(database.dataSource())
                .locations(new Scripts(folder).location())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "9", "1.1", "2026_01_28_x"})
    void aVersionThatIsNotAppliedIsNoPlaceToGoBackTo(String version) {
        table(1);
        table(3);
        Migrator migrator = migrate();

        ValidationFailedException refused =
                catchThrowableOfType(ValidationFailedException.class, () -> migrator.rollback(Rollback.to(version)));

        String below = version.startsWith("9") || version.startsWith("2026") ? "3" : "1";
        assertThat(refused.problems())
                .extracting(Problem::message, Problem::action)
                .containsExactly(tuple(
                        "Version " + version + " is not applied, so that the database cannot go back to it.",
                        "Name a version that is (see the status). The next one below is " + below + ": rollback --to "
                                + below + " takes back all above it."));
        assertThat(history()).hasSize(2);
    }

    @Test
    void oneThatIsWrittenOtherwiseIsTheSame() {
        table(1);
        table(3);

        assertThat(migrate().previewRollback(Rollback.to("1.0")).versions()).containsExactly("3");
        assertThat(migrate().previewRollback(Rollback.to("003")).versions()).isEmpty();
        assertThat(migrate().previewRollback(Rollback.to("000")).versions()).containsExactly("3", "1");
    }

    @Test
    void moreThanThereAreIsSaid() {
        table(1);
        table(2);

        RollbackPreview preview = migrate().previewRollback(Rollback.count(20));

        assertThat(preview.versions()).containsExactly("2", "1");
        assertThat(preview.notes()).containsExactly("There are 2 versions to take back, not 20.");
    }

    @Test
    void theLastRunIsNotTheOneBeforeItIfItFailedAsAWhole() {
        table(1);
        migrate();
        scripts.with("V2__b.sql", "broken;").with("U2__b.sql", "select 1;");
        Migrator migrator = migrator().build();
        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        RollbackPreview preview = migrator.previewRollback(Rollback.lastRun());

        assertThat(preview.versions()).isEmpty();
        assertThat(preview.notes())
                .containsExactly("The last run has left no version that could be taken back: V2__b.sql failed, and the"
                        + " server undid it. What earlier runs applied is taken back by rollback --count or --to.");
        assertThat(migrator.rollback(Rollback.lastRun()).rolledBack()).isEmpty();
    }

    @Test
    void theLastRunIsNotTheOneBeforeItIfItAppliedRepeatablesOnly() {
        table(1);
        migrate();
        scripts.with("R__v.sql", "create or replace view v as select 1;");

        RollbackPreview preview = migrate().previewRollback(Rollback.lastRun());

        assertThat(preview.versions()).isEmpty();
        assertThat(preview.notes()).first().asString().contains("R__v.sql is repeatable");
    }

    @Test
    void ofARunThatFailedInItsMiddleIsTakenBackWhatItApplied() {
        table(1);
        migrate();
        table(2);
        scripts.with("V3__b.sql", "broken;");
        Migrator migrator = migrator().build();
        assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationFailedException.class);

        assertThat(migrator.previewRollback(Rollback.lastRun()).versions()).containsExactly("2");
    }

    @Test
    void aScriptThatWasChangedSinceIsNamedAndOneWithOtherLineEndsIsNot() {
        table(1);
        scripts.with("V2__b.sql", "create table b (id int);").with("U2__b.sql", "drop table\nb;\n");
        migrate();
        scripts.with("U1__t.sql", "drop table t1 cascade;").with("U2__b.sql", "\uFEFFdrop table\r\nb;\r\n");

        assertThat(migrate().previewRollback(Rollback.to("0")).notes())
                .containsExactly(
                        "U1__t.sql has been changed since version 1 was applied; it runs as it is found here.");
    }

    @Test
    void whatStoodBesideTheScriptIsKeptToo(@TempDir Path older) {
        scripts.with("V1__a.sql", "create table a (t text); create table old (t text);")
                .with("U1__a.sql", "insert into old values ('${x}'); vacuum old; drop table a;")
                .with("U1__a.sql.conf", "placeholderReplacement=false\nexecuteInTransaction=false\n");
        migrate();

        older(older).rollback(Rollback.last());

        assertThat(database.column("SELECT t FROM old")).containsExactly("${x}");
    }

    @Test
    void aConditionBesideTheScriptIsKeptToo(@TempDir Path older) {
        table(1);
        scripts.with("U1__t.sql.conf", "shouldExecute=false");
        migrate();

        assertThatThrownBy(() -> older(older).rollback(Rollback.last()))
                .isInstanceOf(ValidationFailedException.class)
                .hasMessageContaining("shouldExecute=false");
    }

    @Test
    void aTextComesOutOfTheHistoryAsItWentIn(@TempDir Path older) {
        scripts.with("V1__a.sql", "create table a (t text);")
                .with(
                        "U1__a.sql",
                        "\uFEFF-- migrator: placeholders=off\r\ninsert into a values ('ä日😀 \\ '' ${x}\r\n');\r\n");
        migrate();

        older(older).rollback(Rollback.last());

        assertThat(database.column("SELECT t FROM a")).containsExactly("ä日😀 \\ ' ${x}\r\n");
    }

    @Test
    void aTextThatTheHistoryCannotHoldIsNotKeptAndTheMigrationRuns(@TempDir Path older) {
        scripts.with("V1__a.sql", "create table a (t text);")
                .with("U1__a.sql", ("drop table a;\n" + " ".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8))
                .with("V2__b.sql", "create table b (t text);")
                .with("U2__b.sql", "drop table b; -- \0");
        migrate();

        assertThat(database.column("SELECT rollback_script FROM schema_migrations"))
                .containsOnlyNulls()
                .hasSize(2);
        assertThat(older(older).previewRollback(Rollback.to("0")).problems())
                .extracting(Problem::message)
                .allSatisfy(message -> assertThat(message).contains("its text is not kept in the history"))
                .hasSize(2);
    }

    @Test
    void whatIsDoneAlreadyIsNoLossAnyMore() {
        scripts.with("V1__a.sql", "create table a (id int); create table b (id int);")
                .with("U1__a.sql", "-- migrator: transaction=none\ndrop table a;\nbroken;\ndrop table b;");
        Migrator migrator = migrate();
        assertThatThrownBy(() -> migrator.rollback(Rollback.last())).isInstanceOf(MigrationFailedException.class);

        RollbackPreview preview = migrator.previewRollback(Rollback.last());

        assertThat(preview.items().get(0).losses()).containsExactly("drops table b (0 rows)");
        assertThat(preview.notes())
                .containsExactly("The rollback of version 1 was begun before: it goes on behind statement 1 of 3.");
    }

    @Test
    void theRowsThatGoAreCountedWhateverTheTableIsCalledAndWhereItIs() {
        scripts.with(
                        "V1__a.sql",
                        "create schema \"S .\"; create table \"S .\".\"a\"\"; drop table x\" (\"C c\" int);"
                                + " insert into \"S .\".\"a\"\"; drop table x\" values (1), (null);"
                                + " create table p (id int) partition by range (id);"
                                + " create table p1 partition of p for values from (0) to (9); insert into p values (1), (2);")
                .with(
                        "U1__a.sql",
                        "alter table \"S .\".\"a\"\"; drop table x\" drop \"C c\";\ndrop table p;\ndrop table ${name};");
        Migrator migrator = migrator().placeholders(Map.of("name", "nowhere")).build();
        migrator.migrate();

        assertThat(migrator.previewRollback(Rollback.last()).items().get(0).losses())
                .containsExactly(
                        "drops column \"S .\".\"a\"\"; drop table x\".C c (1 row with a value in it)",
                        "drops table p (2 rows)",
                        "drops table nowhere");
    }

    @Test
    void aTableThatIsLockedIsNotWaitedForLong() throws Exception {
        table(1);
        Migrator migrator = migrate();
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table t1");

            assertThat(migrator.previewRollback(Rollback.last()).items().get(0).losses())
                    .isEqualTo(List.of("drops table t1"));
        }
    }

    @Test
    void aTableThatTakesLongToCountIsNotCounted() {
        scripts.with(
                        "V1__a.sql",
                        "create table a (id int); insert into a values (1); create view v as select id from a, pg_sleep(60);")
                .with("U1__a.sql", "delete from v;");

        assertThat(migrate().previewRollback(Rollback.last()).items().get(0).losses())
                .containsExactly("deletes rows of v");
    }

    @Test
    void aScriptThatIsAnotherThanTheOneThatWasShownDoesNotRun() {
        table(1);
        Migrator migrator = migrate();
        RollbackPreview shown = migrator.previewRollback(Rollback.last());
        scripts.with("U1__t.sql", "drop schema public cascade;");

        assertThatThrownBy(() -> migrator.rollback(shown))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("U1__t.sql has changed since the plan was shown.");
        assertThat(history()).hasSize(1);
    }
}
