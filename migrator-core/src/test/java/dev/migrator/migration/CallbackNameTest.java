package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.Scripts;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackNameTest {

    @TempDir
    Path folder;

    private Found find(String... names) {
        Scripts scripts = new Scripts(folder);
        for (String name : names) {
            scripts.with(name, "SELECT 1;");
        }
        return Finding.in(scripts.location());
    }

    private static List<String> callbacks(Found found) {
        return found.callbacks().stream()
                .map(callback -> callback.event() + " " + callback.name())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "beforeMigrate.sql, BEFORE_MIGRATE",
        "beforeEachMigrate__role.sql, BEFORE_EACH_MIGRATE",
        "deep/er/afterEachMigrate.sql, AFTER_EACH_MIGRATE",
        "20260128_x/afterMigrate__.sql, AFTER_MIGRATE",
        "afterMigrateError__tell__them.sql, AFTER_MIGRATE_ERROR"
    })
    void saysWhatTheCallbackIsOf(String name, CallbackEvent event) {
        Found found = find(name);

        assertThat(callbacks(found)).containsExactly(event + " " + name);
        assertThat(found.issues()).isEmpty();
        assertThat(found.migrations()).isEmpty();
    }

    @Test
    void givesTheOrderWhateverTheFolder() {
        assertThat(find("b/afterMigrate__1.sql", "a/afterMigrate__2.sql", "z/afterMigrate.sql", "a/afterMigrate__1.sql")
                        .callbacks())
                .extracting(Callback::name)
                .containsExactly(
                        "z/afterMigrate.sql",
                        "a/afterMigrate__1.sql",
                        "b/afterMigrate__1.sql",
                        "a/afterMigrate__2.sql");
    }

    @Test
    void isFoundOnTheClassPathToo() throws Exception {
        new Scripts(folder).with("db/callbacks/sub/afterMigrate.sql", "SELECT 1;");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThat(callbacks(Finding.in(loader, "classpath:db/callbacks")))
                    .containsExactly("AFTER_MIGRATE sub/afterMigrate.sql");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beforeValidate",
                "afterMigrateApplied",
                "afterEachMigrateStatement",
                "beforeUndo",
                "createSchema"
            })
    void ofAnotherCallbackOfFlywaysIsAProblemThatNamesThoseThatThereAre(String word) {
        Found.Issue issue = find(word + "__x.sql").issues().get(0);

        assertThat(issue.kind()).isEqualTo(Found.Issue.Kind.UNKNOWN_CALLBACK);
        assertThat(issue.message())
                .isEqualTo(folder + "/" + word + "__x.sql has the name of a callback, " + word
                        + ", that Migrator does not know. It knows beforeMigrate, beforeEachMigrate, afterEachMigrate,"
                        + " afterMigrate, afterMigrateError.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aftermigrate.sql", "AfterMigrate__x.sql"})
    void inOtherCapitalsIsAProblem(String name) {
        Found.Issue issue = find(name).issues().get(0);

        assertThat(issue.kind()).isEqualTo(Found.Issue.Kind.UNKNOWN_CALLBACK);
        assertThat(issue.message()).endsWith("the callback's that it seems to be, afterMigrate: capitals matter.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"after.sql", "afterwards.sql", "before_migrate.sql", "migrate.sql"})
    void thatIsNoneStaysAnUnknownName(String name) {
        assertThat(find(name).issues()).extracting(Found.Issue::kind).containsExactly(Found.Issue.Kind.UNKNOWN_NAME);
    }

    @Test
    void hasItsFileBesideIt() {
        new Scripts(folder).with("afterMigrate.sql.conf", "shouldExecute=false");

        Found found = find("V1__a.sql", "afterMigrate.sql");

        assertThat(found.callbacks().get(0).sql().conf().condition()).isNotNull();
        assertThat(found.notes()).isEmpty();
    }
}
