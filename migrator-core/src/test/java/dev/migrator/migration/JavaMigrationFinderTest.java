package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaMigrationFinderTest {

    private static class V12__Fill_titles implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) {}
    }

    /** What Spring's proxies are called. */
    private static final class V12__Fill_titles$$SpringCGLIB$$0 extends V12__Fill_titles {}

    private static final class R__Refresh extends V12__Fill_titles {

        @Override
        public String checksum() {
            return "v3";
        }
    }

    private record Named(String name) implements JavaMigration {

        @Override
        public void migrate(MigrationContext context) {}
    }

    @Test
    void theClassNameSaysVersionAndDescription() {
        Migration migration = only(Finding.java(new V12__Fill_titles()));

        assertThat(migration.version()).isEqualTo(Version.parse("12"));
        assertThat(migration.description()).isEqualTo("Fill titles");
        assertThat(migration.script()).isEqualTo(V12__Fill_titles.class.getName());
        assertThat(migration.checksum()).isNull();
    }

    @Test
    void aProxysSuffixDoesNotCount() {
        Migration migration = only(Finding.java(new V12__Fill_titles$$SpringCGLIB$$0()));

        assertThat(migration.version()).isEqualTo(Version.parse("12"));
        assertThat(migration.description()).isEqualTo("Fill titles");
        assertThat(migration.script()).isEqualTo(V12__Fill_titles.class.getName());
    }

    @Test
    void itMayBeRepeatableAndHaveAChecksum() {
        Migration migration = only(Finding.java(new R__Refresh()));

        assertThat(migration.repeatable()).isTrue();
        assertThat(migration.description()).isEqualTo("Refresh");
        assertThat(migration.checksum()).isEqualTo("v3");
    }

    @Test
    void itMayNameItself() {
        Migration migration = only(Finding.java(new Named("V2026.01.28__Fill_titles")));

        assertThat(migration.version()).isEqualTo(Version.parse("2026.1.28"));
        assertThat(migration.description()).isEqualTo("Fill titles");
        assertThat(migration.script()).isEqualTo(Named.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Fill_titles", "U1__Undo", "V1", "Vx__y", "12_fill"})
    void anotherNameIsAnIssue(String name) {
        Found found = Finding.java(new Named(name));

        assertThat(found.migrations()).isEmpty();
        assertThat(Finding.issues(found)).containsExactly("UNKNOWN_NAME " + Named.class.getName());
        assertThat(found.issues().get(0).message()).contains("'" + name + "'");
    }

    @Test
    void aLambdaHasNoNameOfItsOwn() {
        JavaMigration lambda = context -> {};

        assertThat(Finding.java(lambda).issues())
                .extracting(Found.Issue::kind)
                .containsExactly(Found.Issue.Kind.UNKNOWN_NAME);
    }

    @Test
    void norHasAnAnonymousClass() {
        JavaMigration anonymous = new JavaMigration() {
            @Override
            public void migrate(MigrationContext context) {}
        };

        assertThat(Finding.java(anonymous).issues())
                .extracting(Found.Issue::kind)
                .containsExactly(Found.Issue.Kind.UNKNOWN_NAME);
    }

    @Test
    void aScriptMayTakeItBack(@TempDir Path folder) {
        String location = new Scripts(folder).with("U12__fill_titles.sql", "").location();

        Found found = new MigrationFinder(
                        List.of(Location.parse(location)),
                        List.of(new V12__Fill_titles()),
                        getClass().getClassLoader())
                .find();

        Script rollback = only(found).rollback().script();
        assertThat(rollback).isNotNull();
        assertThat(rollback.path()).isEqualTo("U12__fill_titles.sql");
        assertThat(found.notes()).isEmpty();
    }

    private static Migration only(Found found) {
        assertThat(found.issues()).isEmpty();
        assertThat(found.migrations()).hasSize(1);
        return found.migrations().get(0);
    }
}
