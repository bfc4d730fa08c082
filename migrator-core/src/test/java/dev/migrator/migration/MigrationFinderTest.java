package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.Checksum;
import dev.migrator.testing.Program;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationFinderTest {

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void scripts() {
        scripts = new Scripts(folder);
    }

    private Found find() {
        return Finding.in(scripts.location());
    }

    @Test
    void findsAllThreeFormsInOneLocation() throws IOException {
        scripts.with("V1__init.sql", "one")
                .with("0042_x.up.sql", "two")
                .with("2026_01_28_add_email.sql", "three")
                .with("20260128_x/migration.sql", "four")
                .with("2026-01-28-120000_add_email/up.sql", "five")
                .with("views/R__views.sql", "six");

        Found found = find();

        assertThat(Finding.scripts(found))
                .containsExactly(
                        "0042_x.up.sql",
                        "2026-01-28-120000_add_email/up.sql",
                        "20260128_x/migration.sql",
                        "2026_01_28_add_email.sql",
                        "V1__init.sql",
                        "views/R__views.sql");
        assertThat(found.issues()).isEmpty();
        assertThat(found.notes()).isEmpty();
        Migration init = Finding.migration(found, "V1__init.sql");
        assertThat(init.version()).isEqualTo(Version.parse("1"));
        assertThat(init.description()).isEqualTo("init");
        assertThat(init.content().origin())
                .isEqualTo(folder.resolve("V1__init.sql").toString());
        assertThat(Finding.text(init)).isEqualTo("one");
        assertThat(Finding.text(init)).as("a second time").isEqualTo("one");
        assertThat(Finding.migration(found, "views/R__views.sql").repeatable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                ".gitkeep",
                "V2__next.sql.example",
                "_template.sql",
                "V1__init.sql.conf",
                ".V2__x.sql",
                ".idea/V2__x.sql",
                "sub/.idea/V2__x.sql",
                "sub/.V2__x.sql",
                "..data/V1__init.sql"
            })
    void whatIsNoMigrationIsNoMistakeEither(String file) {
        scripts.with("V1__init.sql", "").with(file, "");

        Found found = find();

        assertThat(Finding.scripts(found)).containsExactly("V1__init.sql");
        assertThat(found.issues()).isEmpty();
        assertThat(found.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.sql", "V1.sql", "sub/12abc.sql", "HELLO.SQL", "20260128_x/seed.sql"})
    void sqlOfAnotherNameIsAnIssue(String file) {
        scripts.with("V1__init.sql", "").with(file, "");

        Found found = find();

        assertThat(Finding.scripts(found)).containsExactly("V1__init.sql");
        assertThat(Finding.issues(found)).containsExactly("UNKNOWN_NAME " + folder.resolve(file));
    }

    @Test
    void upperCaseSqlIsSqlToo() {
        scripts.with("V1__INIT.SQL", "");

        assertThat(Finding.scripts(find())).containsExactly("V1__INIT.SQL");
    }

    @Test
    void listsBothScriptsOfOneVersion() {
        scripts.with("V1__a.sql", "").with("001_b.sql", "").with("R__c.sql", "").with("other/R__c.sql", "");

        assertThat(Finding.scripts(find())).containsExactly("001_b.sql", "R__c.sql", "V1__a.sql", "other/R__c.sql");
    }

    @Test
    void lineEndsAndByteOrderMarkDoNotChangeTheChecksum() {
        scripts.with("V1__lf.sql", "SELECT 1;\nSELECT 2;\n")
                .with("V2__crlf.sql", "SELECT 1;\r\nSELECT 2;\r\n")
                .with("V3__bom.sql", "\uFEFFSELECT 1;\nSELECT 2;\n")
                .with("V4__other.sql", "SELECT 1;\n\nSELECT 2;\n")
                .with("V5__long.sql", "-- ä\r\n".repeat(20_000))
                .with("V6__long.sql", "-- ä\n".repeat(20_000))
                .with("V7__latin1.sql", "-- ä\n".getBytes(StandardCharsets.ISO_8859_1));

        Found found = find();

        String checksum = Finding.migration(found, "V1__lf.sql").checksum();
        assertThat(checksum).startsWith("c1:");
        assertThat(Finding.migration(found, "V2__crlf.sql").checksum()).isEqualTo(checksum);
        assertThat(Finding.migration(found, "V3__bom.sql").checksum()).isEqualTo(checksum);
        assertThat(Finding.migration(found, "V4__other.sql").checksum()).isNotEqualTo(checksum);
        assertThat(Finding.migration(found, "V5__long.sql").checksum())
                .isEqualTo(Finding.migration(found, "V6__long.sql").checksum());
        assertThat(Finding.migration(found, "V7__latin1.sql").checksum()).startsWith("c1:");
    }

    @ParameterizedTest
    @CsvSource({
        "V1__a.sql, U1__a.sql",
        "0042_x.up.sql, 0042_x.down.sql",
        "0042_x.sql, 0042_x.down.sql",
        "2026_01_28_x.up.sql, 2026_01_28_x.down.sql",
        "20260128_x/migration.sql, 20260128_x/down.sql",
        "2026-01-28-120000_x/up.sql, 2026-01-28-120000_x/down.sql"
    })
    void pairsAScriptWithItsRollback(String script, String rollback) throws IOException {
        scripts.with(script, "up").with(rollback, "down").with("V7__other.sql", "");

        Found found = find();

        Script paired = Finding.migration(found, script).rollback().script();
        assertThat(paired).isNotNull();
        assertThat(paired.path()).isEqualTo(rollback);
        assertThat(Finding.text(paired)).isEqualTo("down");
        assertThat(Finding.migration(found, "V7__other.sql").rollback()).isNull();
        assertThat(found.notes()).isEmpty();
        assertThat(found.issues()).isEmpty();
    }

    @Test
    void aRollbackWithoutItsMigrationIsANote() {
        scripts.with("V1__a.sql", "").with("U2__b.sql", "");

        Found found = find();

        assertThat(found.issues()).isEmpty();
        assertThat(found.notes())
                .singleElement()
                .asString()
                .contains(folder.resolve("U2__b.sql").toString());
    }

    @Test
    void twoRollbacksOfOneVersionAreAnIssueThatNamesBoth() {
        scripts.with("V1__a.sql", "").with("U1__a.sql", "").with("0001_a.down.sql", "");

        assertThat(find().issues()).singleElement().satisfies(issue -> {
            assertThat(issue.kind()).isEqualTo(Found.Issue.Kind.DUPLICATE);
            assertThat(issue.message()).contains("U1__a.sql").contains("0001_a.down.sql");
        });
    }

    @Test
    void whatCannotBeReadIsAnIssueAndTheRestIsFound() throws IOException {
        scripts.with("V1__a.sql", "").with("U2__b.sql", "");
        Files.createSymbolicLink(folder.resolve("V2__b.sql"), folder.resolve("nowhere.sql"));
        Files.createSymbolicLink(folder.resolve("V3__c.sql"), folder.resolve("V3__c.sql"));

        Found found = find();

        assertThat(Finding.scripts(found)).containsExactly("V1__a.sql");
        assertThat(Finding.issues(found))
                .containsExactly(
                        "UNREADABLE " + folder.resolve("V2__b.sql"), "UNREADABLE " + folder.resolve("V3__c.sql"));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void namesThatTheLocaleCannotWriteAreFoundAllTheSame() {
        Program.succeed(
                "sh",
                "-c",
                "cd '" + folder
                        + "' && d=$(printf 'gr\\303\\266'); mkdir -p \"$d\" && echo 'SELECT 1;' > \"$d/V1__$d.sql\"");

        String found = Program.succeed(
                "env",
                "LC_ALL=C",
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                FindingProcess.class.getName(),
                scripts.location());

        assertThat(found).contains("1 of " + Checksum.of("SELECT 1;\n")).contains("0 issues");
    }

    /** Finds in a process of its own. */
    static final class FindingProcess {

        private FindingProcess() {}

        public static void main(String[] locations) {
            Found found = Finding.in(locations);
            for (Migration migration : found.migrations()) {
                System.out.println(migration.version() + " of " + migration.checksum());
            }
            System.out.println(found.issues().size() + " issues " + found.issues());
        }
    }

    @Test
    void followsTheLinksOfAConfigMapAndFindsEachFileOnce() throws IOException {
        scripts.with("..2026_01_28/V1__a.sql", "a").with("..2026_01_28/V2__b.sql", "b");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01_28"));
        Files.createSymbolicLink(folder.resolve("V1__a.sql"), Path.of("..data", "V1__a.sql"));
        Files.createSymbolicLink(folder.resolve("V2__b.sql"), Path.of("..data", "V2__b.sql"));

        Found found = find();

        assertThat(Finding.scripts(found)).containsExactly("V1__a.sql", "V2__b.sql");
        assertThat(Finding.text(Finding.migration(found, "V2__b.sql"))).isEqualTo("b");
        assertThat(found.issues()).isEmpty();
    }

    @Test
    void aLinkToAFolderIsFollowedAndACircleIsAnIssue() throws IOException {
        scripts.with("elsewhere/V1__a.sql", "").with("here/README.md", "");
        Files.createSymbolicLink(folder.resolve("here/linked"), folder.resolve("elsewhere"));
        String here = scripts.location() + "/here";
        assertThat(Finding.scripts(Finding.in(here))).containsExactly("linked/V1__a.sql");

        Files.createSymbolicLink(folder.resolve("elsewhere/circle"), folder.resolve("here"));
        assertThat(Finding.issues(Finding.in(here))).containsExactly("UNREADABLE " + here);
    }

    @Test
    void findsTheSameFileOnceInLocationsThatOverlap() {
        scripts.with("sub/V1__a.sql", "");

        Found found = Finding.in(scripts.location() + "/sub", scripts.location(), scripts.location());

        assertThat(Finding.scripts(found)).containsExactly("V1__a.sql");
        assertThat(found.issues()).isEmpty();
    }
}
