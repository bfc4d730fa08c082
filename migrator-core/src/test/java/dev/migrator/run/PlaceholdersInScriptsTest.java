package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.plan.Problem;
import dev.migrator.testing.DatabaseTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PlaceholdersInScriptsTest extends DatabaseTest {

    @Test
    void haveTheValuesThatAreGivenAndThoseThatMigratorKnows() {
        scripts.with("V1__a.sql", """
                CREATE TABLE ${prefix}_book (${columns});
                INSERT INTO "${prefix}_book" VALUES (1, '${migrator:schema}.${migrator:table}'),
                  (2, '${migrator:user} ${migrator:database} ${migrator:application}'), (3, '$${prefix} ${VAR:-x}');
                COPY ${prefix}_book FROM STDIN;
                4\t${prefix} ${nobody}
                \\.
                DO $$ BEGIN INSERT INTO shop_book VALUES (5, '${prefix}'); END $$;
                """);

        migrator()
                .placeholders(Map.of("prefix", "shop", "columns", "id int, name text"))
                .application("my-app")
                .build()
                .migrate();

        assertThat(database.column("SELECT name FROM shop_book ORDER BY id"))
                .containsExactly(
                        "public.schema_migrations",
                        "postgres " + database.name() + " my-app",
                        "${prefix} ${VAR:-x}",
                        "${prefix} ${nobody}",
                        "${prefix}");
        assertThat(history()).containsExactly("1 versioned applied 4/4");
    }

    @Test
    void knowTheSchemaThatIsConfigured() {
        scripts.with("V1__a.sql", "CREATE TABLE ${migrator:schema}.a (id int);");

        migrator().schema("shop").table("log").build().migrate();

        assertThat(database.value("SELECT to_regclass('shop.a') IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void thatCannotBeReplacedAreAllToldBeforeAnythingRuns() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);")
                .with("V2__b.sql", "SELECT 1;\nSELECT '${first}', ${second};")
                .with("V3__c.sql", "SELECT ${value};")
                .with("V4__d.sql", "SELECT 'never closed;")
                .with("R__v.sql", "CREATE VIEW v AS SELECT '${third}';");
        MigratorBuilder migrator = migrator().placeholders(Map.of("value", "1; DROP TABLE a"));

        ValidationFailedException failure = failure(ValidationFailedException.class, migrator);

        assertThat(failure)
                .hasMessageContaining("V2__b.sql:2:9: the placeholder ${first} has no value; known are"
                        + " ${migrator:application}, ${migrator:database}, ${migrator:schema}, ${migrator:table},"
                        + " ${migrator:user}, ${value}")
                .hasMessageContaining("V2__b.sql:2:20: the placeholder ${second} has no value")
                .hasMessageContaining("V3__c.sql:1:8: the value of ${value} holds a semicolon")
                .hasMessageContaining("V4__d.sql:1:8: this string is never closed")
                .hasMessageContaining("R__v.sql:1:26: the placeholder ${third} has no value")
                .hasMessageNotContaining("DROP TABLE");
        assertThat(failure.action())
                .contains("migrator.placeholders.values.<name>")
                .contains("$${name}")
                .contains("'-- migrator: placeholders=off'");
        assertThat(failure.problems())
                .extracting(Problem::kind)
                .containsExactly(
                        Problem.Kind.PLACEHOLDER,
                        Problem.Kind.PLACEHOLDER,
                        Problem.Kind.PLACEHOLDER,
                        Problem.Kind.UNREADABLE,
                        Problem.Kind.PLACEHOLDER);
        assertThat(migrator.build().validate()).isEqualTo(failure.problems());
        assertThat(database.value("SELECT to_regclass('a') IS NULL AND to_regclass('schema_migrations') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void areOffByOptionByDirectiveAndByTheFileBeside() {
        String text = "CREATE TABLE %s AS SELECT '${x}'::text AS v;";
        scripts.with("V1__off.sql", "-- migrator: placeholders=off\n" + text.formatted("a"))
                .with("V2__conf.sql", text.formatted("b"))
                .with("V2__conf.sql.conf", "placeholderReplacement=false")
                .with("V3__on.sql", "-- migrator: placeholders=on\n" + text.formatted("c"))
                .with("V3__on.sql.conf", "placeholderReplacement=false")
                .with("V4__default.sql", text.formatted("d"));

        migrator().placeholders(Map.of("x", "y")).build().migrate();

        assertThat(database.column("SELECT v FROM a UNION ALL SELECT v FROM b UNION ALL SELECT v FROM c UNION ALL"
                        + " SELECT v FROM d"))
                .containsExactly("${x}", "${x}", "y", "y");

        scripts.with("V5__e.sql", text.formatted("e")).with("V6__f.sql.conf", "placeholderReplacement=true");
        scripts.with("V6__f.sql", text.formatted("f"));
        migrator()
                .placeholders(Map.of("x", "y"))
                .placeholdersEnabled(false)
                .build()
                .migrate();
        assertThat(database.column("SELECT v FROM e UNION ALL SELECT v FROM f")).containsExactly("${x}", "y");
    }

    @Test
    void areReplacedInBodiesOnlyWhereThatIsAskedFor() {
        String function = "CREATE FUNCTION %s() RETURNS text LANGUAGE sql AS $f$ SELECT '${x}' $f$;";
        scripts.with("V1__a.sql", function.formatted("a"))
                .with("V2__b.sql", "-- migrator: placeholders=bodies\n" + function.formatted("b"));
        migrator().placeholders(Map.of("x", "y")).build().migrate();
        scripts.with("V3__c.sql", function.formatted("c"));
        migrator()
                .placeholders(Map.of("x", "y"))
                .placeholdersInBodies(true)
                .build()
                .migrate();

        assertThat(database.column("SELECT unnest(ARRAY[a(), b(), c()])")).containsExactly("${x}", "y", "y");
    }

    @Test
    void letErrorsPointIntoTheScriptAndKeepTheirValuesSecret() {
        String secret = "swordfish-4711";
        scripts.with("V1__a.sql", "SELECT 1;\nCREATE ROLE r PASSWORD '${pw}' ${pwd}\n  CONNECTION LIMIT nonsense;");
        Migrator migrator = migrator()
                .placeholders(Map.of("pw", secret, "pwd", "/* " + secret + secret + " */"))
                .build();

        assertThatThrownBy(migrator::migrate).isInstanceOfSatisfying(MigrationFailedException.class, failure -> {
            assertThat(failure.failure().where()).isEqualTo("V1__a.sql:3:20");
            assertThat(failure.failure().excerpt()).isEqualTo("  CONNECTION LIMIT nonsense\n                   ^");
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(secret);
        });
        assertThat(database.column("SELECT h::text FROM schema_migrations h"))
                .singleElement()
                .asString()
                .doesNotContain(secret);
        assertThat(migrator.status().toString()).doesNotContain(secret);
    }

    @Test
    void letErrorsInABodyPointIntoTheScript() {
        scripts.with(
                "V1__a.sql",
                "-- migrator: placeholders=bodies\nDO $$\nBEGIN /* ${long} */\n  PERFORM ${what};\nEND $$;");

        MigrationFailedException failure = failure(
                MigrationFailedException.class,
                migrator().placeholders(Map.of("long", "x".repeat(99), "what", "1 / 0")));

        assertThat(failure.failure().where()).isEqualTo("V1__a.sql:4:3");
        assertThat(failure.failure().excerpt()).isEqualTo("  PERFORM ${what};\n  ^");
    }

    @Test
    void showTheScriptAndNotTheirValuesWhileAStatementRuns() {
        List<String> texts = new CopyOnWriteArrayList<>();
        scripts.with("V1__a.sql", "SELECT pg_sleep(2), '${pw}';");

        migrator()
                .placeholders(Map.of("pw", "swordfish"))
                .listener(event -> {
                    // nothing of it runs any more at the COMMIT
                    if (event instanceof RunEvent.StepProgress progress && progress.text() != null) {
                        texts.add(progress.text());
                    }
                })
                .build()
                .migrate();

        assertThat(texts).isNotEmpty().containsOnly("SELECT pg_sleep(2), '${pw}'");
    }

    @Test
    void runARepeatableAgainWhenTheirValueChanges() {
        scripts.with("V1__a.sql", "CREATE TABLE a AS SELECT '${x}'::text AS v;")
                .with(
                        "R__v.sql",
                        "CREATE OR REPLACE VIEW v AS SELECT '${x}'::text AS v, '${migrator:application}' AS by;");
        MigratorBuilder migrator = migrator().placeholders(Map.of("x", "one")).application("a");
        assertThat(migrator.build().migrate().applied()).hasSize(2);
        assertThat(migrator.build().migrate().applied()).isEmpty();

        migrator.placeholders(Map.of("x", "two", "another", "unused"));

        assertThat(migrator.build().migrate().applied())
                .extracting(MigrationReport.Applied::script)
                .containsExactly("R__v.sql");
        assertThat(database.value("SELECT v || by FROM v")).isEqualTo("twoa");
        // what Migrator knows itself is no part of the checksum
        assertThat(migrator.application("b").build().migrate().applied()).isEmpty();
        assertThat(migrator.build().validate()).isEmpty();
        migrator.placeholders(Map.of());
        assertThat(migrator.build().validate())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("R__v.sql:1:37: the placeholder ${x} has no value");
    }

    @Test
    void mayDecideWhatAStatementMeans() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);\nCREATE INDEX ${how} i ON a (id);");

        migrator().placeholders(Map.of("how", "CONCURRENTLY")).build().migrate();

        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void areRefusedAtOnceWhereTheirNameIsNone() {
        assertThatThrownBy(() -> migrator().placeholders(Map.of("a b", "c")).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'a b' is no name for a placeholder");
    }
}
