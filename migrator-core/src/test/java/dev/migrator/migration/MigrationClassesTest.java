package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.migration.bad.V1__Needs_something;
import dev.migrator.migration.good.V2__Second;
import dev.migrator.testing.Scripts;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationClassesTest {

    private static final String GOOD = "dev.migrator.migration.good.";
    private static final String BAD = "dev.migrator.migration.bad.";

    @Test
    void areFoundWhereScriptsAre() {
        Found found = find("classpath:dev/migrator/migration/good");

        assertThat(found.issues()).isEmpty();
        assertThat(found.migrations())
                .extracting(Migration::script, Migration::description, MigrationClassesTest::version)
                .containsExactlyInAnyOrder(
                        tuple(GOOD + "V1__First", "First", "1"),
                        tuple(GOOD + "V2__Second", "Second", "2"),
                        tuple(GOOD + "Named", "Named", "5"),
                        tuple(GOOD + "R__Every", "Every", null));
    }

    @Test
    void areOneMigrationWithTheObjectThatIsHandedOver() {
        V2__Second bean = new V2__Second();

        Found found = find("classpath:dev/migrator/migration/good", bean);

        assertThat(found.migrations())
                .filteredOn(migration -> "2".equals(version(migration)))
                .singleElement()
                .extracting(Migration::content)
                .isEqualTo(new Migration.Java(bean));
    }

    @Test
    void areFoundOnceInLocationsThatOverlap() {
        Found found = new MigrationFinder(
                        List.of(
                                Location.parse("classpath:dev/migrator/migration/good"),
                                Location.parse("classpath:dev/migrator/migration/good")),
                        List.of(),
                        getClass().getClassLoader())
                .find();

        assertThat(found.migrations()).hasSize(4);
    }

    @Test
    void thatCannotBeMadeAreProblems() {
        assertThat(find("classpath:dev/migrator/migration/bad").issues())
                .allSatisfy(issue -> assertThat(issue.kind()).isEqualTo(Found.Issue.Kind.JAVA_CLASS))
                .extracting(Found.Issue::message)
                .containsExactlyInAnyOrder(
                        "The class " + BAD
                                + "V1__Needs_something stands among the migrations and has no constructor without"
                                + " arguments.",
                        "The class " + BAD + "V2__Throws stands among the migrations and cannot be made:"
                                + " java.lang.IllegalStateException: not today.",
                        "The class " + BAD + "V3__Of_another_tool stands among the migrations and does not implement"
                                + " dev.migrator.migration.JavaMigration.",
                        "The class " + BAD + "V4__Fails_at_first_use stands among the migrations and cannot be made:"
                                + " java.lang.ExceptionInInitializerError.");
    }

    @Test
    void needNoConstructorOfTheirOwnWhenTheyAreHandedOver() {
        Found found = find("classpath:dev/migrator/migration/bad", new V1__Needs_something("this"));

        assertThat(found.migrations())
                .singleElement()
                .extracting(Migration::script)
                .isEqualTo(BAD + "V1__Needs_something");
        assertThat(found.issues()).hasSize(3);
    }

    @Test
    void thatCannotBeLoadedAreProblemsOnlyWhereTheirNameSaysThatTheyAreMigrations(@TempDir Path folder)
            throws IOException {
        new Scripts(folder)
                .with("db/migration/V1__Broken.class", "no class at all")
                .with("db/migration/Helper.class", "no class at all")
                .with("db/migration/package-info.class", "no class at all")
                .with("db/migration/V2__a.sql", "SELECT 1;");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Found found = new MigrationFinder(List.of(Location.DEFAULT), List.of(), loader).find();

            assertThat(found.migrations()).extracting(Migration::script).containsExactly("V2__a.sql");
            assertThat(found.issues())
                    .singleElement()
                    .extracting(Found.Issue::message)
                    .asString()
                    .startsWith("The class db.migration.V1__Broken stands among the migrations and cannot be loaded:"
                            + " java.lang.ClassFormatError");
        }
    }

    @Test
    void areNotLookedForInTheFileSystem(@TempDir Path folder) {
        new Scripts(folder).with("V1__Broken.class", "no class at all").with("V2__a.sql", "SELECT 1;");

        assertThat(find("filesystem:" + folder).issues()).isEmpty();
    }

    private Found find(String location, JavaMigration... beans) {
        return new MigrationFinder(
                        List.of(Location.parse(location)),
                        List.of(beans),
                        getClass().getClassLoader())
                .find();
    }

    private static String version(Migration migration) {
        return migration.version() == null ? null : migration.version().text();
    }
}
