package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Command.Result;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackCommandTest extends DatabaseTest {

    @BeforeEach
    void migrateAndFill() {
        scripts.with("V1__books.sql", "create table books (id int, isbn text);")
                .with("U1__books.sql", "drop table books;")
                .with("V2__rating.sql", "alter table books add rating int;\ncreate table reviews (text text);")
                .with("U2__rating.sql", "alter table books drop rating;\ndrop table reviews;")
                .with("V3__nothing.sql", "select 1;")
                .with("U3__nothing.sql", "select 1;");
        command("migrate").run();
        database.execute(
                "insert into books values (1, 'x', 5), (2, 'y', null)",
                "insert into reviews select 'good' from" + " generate_series(1, 10001)");
    }

    private Command command(String name) {
        return Command.on(database, name).with("--location", folder.toString());
    }

    @Test
    void showsThePlanWithWhatWillBeLostAndAsks() {
        StringBuilder asked = new StringBuilder();
        Result result = command("rollback")
                .with("--to", "1")
                .at(new Person(prompt -> {
                    asked.append(prompt);
                    return "y";
                }))
                .run();

        assertThat(result.code()).isZero();
        assertThat(asked).hasToString("Roll back these versions? [y/N] ");
        assertThat(result.out()).contains("""
                To be rolled back, in this order:
                  3 nothing, by U3__nothing.sql
                  2 rating, by U2__rating.sql
                    ! drops column books.rating (1 row with a value in it)
                    ! drops table reviews (more than 10,000 rows)
                Pending again afterwards: a release that has them applies them when it starts.
                """).containsPattern("Rolled back 3, 2 in \\d+ ms[.;]");
        assertThat(history()).endsWith("3 rollback applied 1/1", "2 rollback applied 2/2");
    }

    @Test
    void doesNothingIfThePersonDoesNotAgree() {
        Result result = command("rollback").at(new Person(prompt -> "n")).run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("It was not confirmed.");
        assertThat(history()).hasSize(3);
    }

    @Test
    void doesNothingWhereNobodyCanBeAsked() {
        Result result = command("rollback").run();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Give --yes, if it is to be done.");
        assertThat(history()).hasSize(3);
    }

    @Test
    void asksNobodyWithYesAndAnswersAsJson() {
        Result result =
                command("rollback").with("--count", "2", "--yes", "--json").run();

        assertThat(result.code()).isZero();
        assertThat(result.json().get("state").asString()).isEqualTo("succeeded");
        assertThat(result.json().get("rolledBack").get(1).get("version").asString())
                .isEqualTo("2");
    }

    @Test
    void takesAllOfTheLastRunBack() {
        Result result = command("rollback").with("--run", "last", "--yes").run();

        assertThat(result.out()).containsPattern("Rolled back 3, 2, 1 in");
        assertThat(command("rollback").with("--yes").run().out()).isEqualToIgnoringNewLines("Nothing to roll back.");
    }

    @Test
    void onlyShowsThePlanInADryRun() {
        Result result = command("rollback").with("--dry-run", "--json").run();

        assertThat(result.code()).isZero();
        assertThat(result.json().get("plan").get(0).get("script").asString()).isEqualTo("U3__nothing.sql");
        assertThat(history()).hasSize(3);
    }

    @Test
    void saysWhichVersionCannotBeTakenBack() {
        scripts.without("U2__rating.sql");
        database.execute("update schema_migrations set details = null, rollback_script = null");

        Result result = command("rollback").with("--to", "0", "--yes").run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .contains("Version 2 (V2__rating.sql) has no rollback script.")
                .contains("nothing was run");
        assertThat(history()).hasSize(3);
    }

    @Test
    void aNumberThatMakesNoSenseIsWrongUsage() {
        assertThat(command("rollback").with("--count", "0").run().code()).isEqualTo(2);
        assertThat(command("rollback").with("--to", "x y").run().code()).isEqualTo(2);
        assertThat(command("rollback").with("--to", "1", "--count", "1").run().code())
                .isEqualTo(2);
    }
}
