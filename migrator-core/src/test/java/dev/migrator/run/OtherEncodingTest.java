package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.backup.BackupMode;
import dev.migrator.backup.BackupOptions;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationContext;
import dev.migrator.plan.Rollback;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is not in UTF-8 cannot hold every character; that keeps no migration from running. */
class OtherEncodingTest {

    @TempDir
    private Path folder;

    private Scripts withRollback(String comment) {
        return new Scripts(folder)
                .with("V1__a.sql", "create table a (id int);")
                .with("U1__a.sql", "drop table a; -- " + comment);
    }

    private MigratorBuilder migrator(TestDatabase database) {
        return Migrator.builder(database.dataSource())
                .locations(new Scripts(folder).location())
                .backup(BackupOptions.DEFAULT.mode(BackupMode.OFF));
    }

    private static String kept(TestDatabase database) {
        return database.value("SELECT state || ': ' || coalesce(rollback_script, 'nothing') FROM schema_migrations");
    }

    @Test
    void aRollbackScriptThatDoesNotFitIsNotKeptAndTheMigrationRuns() {
        withRollback("Zurück – löscht alles, 100 €");
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            migrator(database).build().migrate();

            assertThat(kept(database)).isEqualTo("applied: nothing");
            assertThat(database.value("SELECT details -> 'rollback' ->> 'script' FROM schema_migrations"))
                    .isEqualTo("U1__a.sql");
        }
    }

    @Test
    void oneThatFitsIsKeptAsItIs(@TempDir Path older) {
        withRollback("Zurück – löscht alles, 100 €");
        try (TestDatabase database = TestDatabase.inEncoding("WIN1252")) {
            migrator(database).build().migrate();

            assertThat(kept(database)).isEqualTo("applied: drop table a; -- Zurück – löscht alles, 100 €");
            migrator(database).locations(new Scripts(older).location()).build().rollback(Rollback.last());
            assertThat(database.column("SELECT to_regclass('a')::text")).containsOnlyNulls();
        }
    }

    @Test
    void whereTheServerConvertsNothingAllFits() {
        withRollback("日本");
        try (TestDatabase database = TestDatabase.inEncoding("SQL_ASCII")) {
            migrator(database).build().migrate();

            assertThat(database.value("SELECT encode(rollback_script::bytea, 'hex') FROM schema_migrations"))
                    .endsWith("e697a5e69cac");
        }
    }

    @Test
    void whatStandsBesideARollbackScriptIsNotKeptWithoutIt() {
        withRollback("").with("U1__a.sql.conf", "shouldExecute=–==–");
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            migrator(database).build().migrate();

            assertThat(kept(database)).isEqualTo("applied: nothing");
        }
    }

    @Test
    void aRollbackScriptMayBeCalledWhateverItIs() {
        withRollback("").with("U1__–.sql", "drop table a;").without("U1__a.sql");
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            migrator(database).build().migrate();

            assertThat(database.value("SELECT details -> 'rollback' ->> 'script' FROM schema_migrations"))
                    .isEqualTo("U1__?.sql");
        }
    }

    @ParameterizedTest
    @EnumSource(LockStrategy.class)
    void whoRunsItIsWrittenAsFarAsItFits(LockStrategy strategy) {
        withRollback("");
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            migrator(database)
                    .application("Über – 日")
                    .lockStrategy(strategy)
                    .build()
                    .migrate("Zoë 李");

            assertThat(database.value("SELECT instance FROM schema_migrations")).endsWith(", Über ? ?");
            assertThat(database.value("SELECT actor FROM schema_migrations")).isEqualTo("Zoë ?");
        }
    }

    /** Fails with a text of its own. */
    private record Failing(boolean transactional) implements JavaMigration {

        @Override
        public String name() {
            return "V2__failing";
        }

        @Override
        public void migrate(MigrationContext context) {
            throw new IllegalStateException("für 日本 \0 – nichts");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whyItFailedIsWrittenAsFarAsItFits(boolean transactional) {
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            Migrator migrator = migrator(database)
                    .locations(withRollback("").location())
                    .javaMigrations(List.of(new Failing(transactional)))
                    .build();

            assertThatThrownBy(migrator::migrate)
                    .isInstanceOf(MigrationFailedException.class)
                    .hasMessageContaining("für 日本");
            assertThat(database.value("SELECT state || ' ' || error FROM schema_migrations WHERE version = '2'"))
                    .startsWith("failed ")
                    .contains("für ?? ? ? nichts");
        }
    }

    @Test
    void whyItWasSkippedIsWrittenAsFarAsItFits() {
        new Scripts(folder).with("V1__a.sql", "select 1;").with("V1__a.sql.conf", "shouldExecute=–==x");
        try (TestDatabase database = TestDatabase.inEncoding("LATIN1")) {
            migrator(database).build().migrate();

            assertThat(database.value("SELECT state || ' ' || (details ->> 'reason') FROM schema_migrations"))
                    .startsWith("skipped shouldExecute=?==x");
        }
    }
}
