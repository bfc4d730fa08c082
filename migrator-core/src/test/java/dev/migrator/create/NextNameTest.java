package dev.migrator.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.Found;
import dev.migrator.migration.Location;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationFinder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextNameTest {

    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void begin() {
        project = Project.in(root);
    }

    private static String[] split(String paths) {
        return paths.isEmpty() ? new String[0] : paths.split(" ");
    }

    /** What was written is found as the last migration, with its rollback. */
    private void assertIsLast(String script) {
        Found found = new MigrationFinder(
                        List.of(Location.parse("filesystem:" + project.migrations())), List.of(), loader())
                .find();
        Migration last = found.migrations().stream()
                .filter(each -> each.version() != null)
                .max(Comparator.comparing(Migration::version))
                .orElseThrow();
        assertThat(found.issues()).isEmpty();
        assertThat(last.script()).isEqualTo(script);
        assertThat(last.rollback()).isNotNull();
        assertThat(last.description().replace('-', ' ')).isEqualToIgnoringCase("add user avatar");
    }

    private ClassLoader loader() {
        return getClass().getClassLoader();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "'', V1__add_user_avatar.sql, U1__add_user_avatar.sql",
        "V1__a.sql R__views.sql, V2__add_user_avatar.sql, U2__add_user_avatar.sql",
        "V9__a.sql V10__b.sql, V11__add_user_avatar.sql, U11__add_user_avatar.sql",
        "V003__a.sql, V004__add_user_avatar.sql, U004__add_user_avatar.sql",
        "V099__a.sql, V100__add_user_avatar.sql, U100__add_user_avatar.sql",
        "V1.9__a.sql, V1.10__add_user_avatar.sql, U1.10__add_user_avatar.sql",
        "V1_2__a.sql, V1_3__add_user_avatar.sql, U1_3__add_user_avatar.sql",
        "V3__Create_users.sql, V4__Add_user_avatar.sql, U4__Add_user_avatar.sql",
        "V3__create-users.sql, V4__add-user-avatar.sql, U4__add-user-avatar.sql",
        "old/V7__a.sql V2__b.sql, V8__add_user_avatar.sql, U8__add_user_avatar.sql",
        "V7__a.sql U9__gone.sql, V10__add_user_avatar.sql, U10__add_user_avatar.sql",
        "V20260128120000__a.sql, V20261121144500__add_user_avatar.sql, U20261121144500__add_user_avatar.sql",
        "V20261121144500__a.sql, V20261121144501__add_user_avatar.sql, U20261121144501__add_user_avatar.sql",
        "V20260128__a.sql, V20261121__add_user_avatar.sql, U20261121__add_user_avatar.sql",
        "V20261121__a.sql, V20261121144500__add_user_avatar.sql, U20261121144500__add_user_avatar.sql",
        "V2026.01.28_1__a.sql, V2026.11.21_1__add_user_avatar.sql, U2026.11.21_1__add_user_avatar.sql",
        "V2026.11.21_1__a.sql, V2026.11.21_2__add_user_avatar.sql, U2026.11.21_2__add_user_avatar.sql",
        "V2026_01_28__a.sql, V2026_11_21__add_user_avatar.sql, U2026_11_21__add_user_avatar.sql",
        "V2026_11_21__a.sql, V2026_11_21_1__add_user_avatar.sql, U2026_11_21_1__add_user_avatar.sql",
        "000_init.sql 001_a.sql, 002_add_user_avatar.sql, 002_add_user_avatar.down.sql",
        "0042-create-users.sql, 0043-add-user-avatar.sql, 0043-add-user-avatar.down.sql",
        "0042_x.up.sql 0042_x.down.sql, 0043_add_user_avatar.up.sql, 0043_add_user_avatar.down.sql",
        "V7__a.sql 8_b.sql, 9_add_user_avatar.sql, 9_add_user_avatar.down.sql",
        "2026_01_28_add_email.sql, 2026_11_21_add_user_avatar.sql, 2026_11_21_add_user_avatar.down.sql",
        "2026_11_21_add_a.sql, 2026_11_21_add_user_avatar.sql, 2026_11_21_add_user_avatar.down.sql",
        "2026_11_21_z.sql, 2026-11-21-144500_add_user_avatar.sql, 2026-11-21-144500_add_user_avatar.down.sql",
        "2027_01_01_z.sql, 2027_01_02_add_user_avatar.sql, 2027_01_02_add_user_avatar.down.sql",
        "2026_01_28_a/up.sql, 2026_11_21_add_user_avatar/up.sql, 2026_11_21_add_user_avatar/down.sql",
        "2026-01-28-120000_a/up.sql, 2026-11-21-144500_add_user_avatar/up.sql, 2026-11-21-144500_add_user_avatar/down.sql",
        "2026-11-21-144500_z/up.sql, 2026-11-21-144501_add_user_avatar/up.sql, 2026-11-21-144501_add_user_avatar/down.sql",
        "2026-01-28-120000-0000_a/up.sql, 2026-11-21-144500-0000_add_user_avatar/up.sql, 2026-11-21-144500-0000_add_user_avatar/down.sql",
        "20260128120000_a/migration.sql, 20261121144500_add_user_avatar/migration.sql, 20261121144500_add_user_avatar/down.sql",
        "12_a/up.sql, 13_add_user_avatar/up.sql, 13_add_user_avatar/down.sql",
    })
    void isTheNextInTheFormOfTheNewest(String existing, String script, String rollback) {
        project.withMigrations(split(existing));

        assertThat(project.create("Add user avatar").paths()).containsExactly(script, rollback);
        assertIsLast(script);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "'', V20261121144500__add_user_avatar.sql",
        "V3__a.sql, V20261121144500__add_user_avatar.sql",
        "V003__a.sql, V20261121144500__add_user_avatar.sql",
        "V2026.01.28_1__a.sql, V20261121144500__add_user_avatar.sql",
        "0042_x.up.sql, 20261121144500_add_user_avatar.up.sql",
        "12_a/migration.sql, 20261121144500_add_user_avatar/migration.sql",
        "2026_01_28_add_email.sql, 2026_11_21_add_user_avatar.sql",
        "V20991231235959__a.sql, V20991231235960__add_user_avatar.sql",
    })
    void isATimeWhereThatIsWanted(String existing, String script) {
        project.withMigrations(split(existing));

        assertThat(project.create("Add user avatar").withTimestamp().paths())
                .first()
                .isEqualTo(script);
        assertIsLast(script);
    }

    @ParameterizedTest(name = "{0} and {1} → {2}")
    @CsvSource({
        "V3__a.sql, shop/V12__Fill.java, V13__add_user_avatar.sql",
        "V003__a.sql, shop/V12__Fill.java, V013__add_user_avatar.sql",
        "V3__a.sql, shop/V1_5__Fill.java, V4__add_user_avatar.sql",
        "0042_a.sql, db/migration/V50__Fill.java, 0051_add_user_avatar.sql",
        "2026_01_28_a.sql, shop/V20261121144500__Fill.java, 2026-11-21-144500_add_user_avatar.sql",
        "'', shop/V1_5__Fill.java, V1_6__add_user_avatar.sql",
        "V3__a.sql, shop/V__Nothing.java shop/Version12.java shop/R__Cache.java, V4__add_user_avatar.sql",
    })
    void isAboveTheMigrationsInJava(String existing, String classes, String script) {
        project.withMigrations(split(existing)).withSources(split(classes));

        assertThat(project.create("Add user avatar").paths()).first().isEqualTo(script);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "'', V1__Add_user_avatar",
        "V3__a.sql, V4__Add_user_avatar",
        "V1.9__a.sql, V1_10__Add_user_avatar",
        "V2026.01.28_1__a.sql, V2026_11_21_1__Add_user_avatar",
        "0042_x.up.sql, V0043__Add_user_avatar",
        "2026_01_28_a.sql, V20261121144500__Add_user_avatar",
        "2026-01-28-120000-0000_a/up.sql, V20261121144500__Add_user_avatar",
    })
    void ofAClassIsFlyways(String existing, String className) {
        project.withMigrations(split(existing));

        assertThat(project.create("add user avatar").asJava().paths())
                .containsExactly("db/migration/" + className + ".java");
    }

    @Test
    void wordsThatWouldMakeADateOfANumberAreRefused() {
        project.withMigrations("2025_x.sql");

        assertThatThrownBy(() -> project.create("01 28 x").write())
                .isInstanceOf(CreateException.class)
                .hasMessageContaining("above its highest version, 2025")
                .hasMessageContaining("words that do not begin with digits");
        assertThat(project.files()).containsExactly("migrations/2025_x.sql");
    }
}
