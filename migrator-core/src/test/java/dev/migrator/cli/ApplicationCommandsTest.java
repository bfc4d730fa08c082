package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.cli.Command.Result;
import dev.migrator.run.ConfigurationException;
import dev.migrator.testing.DatabaseTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The commands on migrators that somebody else has made: one, or several in one database. */
class ApplicationCommandsTest extends DatabaseTest {

    private final Map<String, Migrator> migrators = new LinkedHashMap<>();

    private Result run(String... arguments) {
        return run(() -> migrators, arguments);
    }

    private static Result run(Supplier<Map<String, Migrator>> migrators, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = ApplicationCommands.run(migrators, stream(out), stream(err), arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void one() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrators.put("migrator", migrator().build());
    }

    /** The second comes first, by their order and not by their names. */
    private void two() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);");
        migrators.put("shop", migrator().schema("shop").build());
        migrators.put("archive", migrator().schema("archive").build());
    }

    @Test
    void theOneMigratorOfAnApplicationNeedsNoName() {
        one();

        Result migrated = run("migrate");

        assertThat(migrated.code()).isZero();
        assertThat(migrated.out()).startsWith("Applied V1__a.sql in ").contains("\nMigrations: 1 found, 1 applied");
        assertThat(run("status").out()).startsWith("History: public.schema_migrations\nCurrent version: 1\n");
        assertThat(run("status", "--json").json().get("state").asString()).isEqualTo("succeeded");
        assertThat(run("status", "--migrator", "migrator").out()).startsWith("History: public.schema_migrations\n");
    }

    @Test
    void severalAreWorkedOnInTheirOrderEachUnderItsName() {
        two();

        Result migrated = run("migrate");

        assertThat(migrated.code()).isZero();
        assertThat(migrated.out())
                .matches("(?s)== shop ==\nApplied V1__a.sql .*\nMigrations: .*\n\n== archive ==\nApplied V1__a.sql .*");
        assertThat(run("status").out())
                .contains("== shop ==\nHistory: shop.schema_migrations", "== archive ==\nHistory: archive.");
        assertThat(run("validate").code()).isZero();
    }

    @Test
    void severalAnswerAsOneJsonObjectByTheirNames() {
        two();

        assertThat(run("migrate", "--json").json().propertyNames()).containsExactly("shop", "archive");
        Result status = run("status", "--json");
        assertThat(status.json().get("archive").get("schema").asString()).isEqualTo("archive");
        assertThat(status.out()).hasLineCount(1);
    }

    @Test
    void oneOfSeveralIsMeantByItsName() {
        two();

        assertThat(run("migrate", "--migrator", "archive").out())
                .startsWith("Applied ")
                .doesNotContain("==");
        assertThat(database.value("SELECT to_regnamespace('shop') IS NULL")).isEqualTo("t");

        Result wrong = run("migrate", "--migrator", "nobody");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("no migrator of that name. It has: shop, archive.", "--migrator");
    }

    @Test
    void whatIsDoneWithOneMigratorWantsItsName() {
        two();

        Result unnamed = run("baseline");

        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("several migrators", "shop, archive", "--migrator");
        assertThat(run("baseline", "--migrator", "shop").code()).isZero();
        assertThat(database.value("SELECT version FROM shop.schema_migrations")).isEqualTo("1");
    }

    @Test
    void afterAFailureTheNextOnesAreNotMigratedButLookedAt() {
        two();
        scripts.with("V2__b.sql", "SELECT nothing;");

        Result failed = run("migrate", "--json");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.json().propertyNames()).containsExactly("shop");
        assertThat(failed.json().get("shop").get("failure").get("script").asString())
                .isEqualTo("V2__b.sql");
        Result text = run("migrate");
        assertThat(text.err()).startsWith("shop: ").contains("V2__b.sql");
        scripts.with("what.sql", "SELECT 1;");
        assertThat(run("validate", "--json").json().propertyNames()).containsExactly("shop", "archive");
        assertThat(run("validate").code()).isEqualTo(3);
    }

    @Test
    void aMigratorThatCannotBeMadeIsSaidAsEveryFailure() {
        Supplier<Map<String, Migrator>> none = () -> {
            throw new ConfigurationException("There is no database.", "it was not looked at.", "Name one.", null);
        };

        Result text = run(none, "status");
        Result json = run(none, "status", "--json");

        assertThat(text.code()).isEqualTo(2);
        assertThat(text.err()).contains("There is no database.", "Database: it was not looked at.", "Next: Name one.");
        assertThat(json.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(json.err()).isEmpty();
    }

    @Test
    void theOptionsThatDescribeAMigratorAreTheApplicationsProperties() {
        one();

        Result refused = run("migrate", "--url", "jdbc:postgresql://elsewhere/db");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("Unknown option: --url", "Usage: migrations migrate [");
        assertThat(run("repair", "--help").out())
                .contains("--resume-after", "--migrator")
                .doesNotContain("--url");
    }

    @Test
    void whoNamesNoCommandIsToldWhichThereAre() {
        Result alone = run(() -> {
            throw new AssertionError("not needed for this");
        });

        assertThat(alone.code()).isZero();
        assertThat(alone.out())
                .contains("Usage: migrations ", "migrate ", "status ", "Exit codes:", "Configuration:")
                .doesNotContain("MIGRATOR_URL");
        assertThat(run("nonsense").code()).isEqualTo(2);
    }
}
