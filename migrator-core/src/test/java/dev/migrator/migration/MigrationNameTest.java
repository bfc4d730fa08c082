package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Flyway's
                "V1__init.sql                              | VERSIONED  | 1                        | init",
                "V2026.01.28_1__x.sql                      | VERSIONED  | 2026.01.28.1             | x",
                "V1_2__add_two_columns.sql                 | VERSIONED  | 1.2                      | add two columns",
                "V001__init.SQL                            | VERSIONED  | 001                      | init",
                "V1__.sql                                  | VERSIONED  | 1                        | ''",
                "V1__a__b.sql                              | VERSIONED  | 1                        | a  b",
                "U1__init.sql                              | ROLLBACK   | 1                        | init",
                "R__views.sql                              | REPEATABLE |                          | views",
                "R__all_views.sql                          | REPEATABLE |                          | all views",
                "2025/V7__in_a_folder.sql                  | VERSIONED  | 7                        | in a folder",
                // numbered
                "000_init_tracking.sql                     | VERSIONED  | 000                      | init tracking",
                "001_2024_report.sql                       | VERSIONED  | 001                      | 2024 report",
                "12.sql                                    | VERSIONED  | 12                       | ''",
                "12-add-email.sql                          | VERSIONED  | 12                       | add-email",
                "20260128120000_add_email.sql              | VERSIONED  | 20260128120000           | add email",
                "0042_x.up.sql                             | VERSIONED  | 0042                     | x",
                "0042_x.down.sql                           | ROLLBACK   | 0042                     | x",
                // numbered by a date
                "2026_01_28_add_email_to_users.sql | VERSIONED | 2026_01_28_add_email_to_users    | add email to users",
                "2026_01_28_add_email.up.sql       | VERSIONED | 2026_01_28_add_email             | add email",
                "2026_01_28_add_email.down.sql     | ROLLBACK  | 2026_01_28_add_email             | add email",
                "2026-01-28-120000_add_email.sql   | VERSIONED | 2026-01-28-120000_add_email      | add email",
                "2026_01_28_1.sql                  | VERSIONED | 2026.01.28.1                     | 1",
                // no dates, by decision: their leading digits count
                "2026_1_28_x.sql                           | VERSIONED  | 2026                     | 1 28 x",
                "2026-01-28_x.sql                          | VERSIONED  | 2026                     | 01-28 x",
                "2026_01_28.sql                            | VERSIONED  | 2026                     | 01 28",
                // a folder each
                "20260128_x/migration.sql                  | VERSIONED  | 20260128                 | x",
                "20260128_x/up.sql                         | VERSIONED  | 20260128                 | x",
                "20260128_x/down.sql                       | ROLLBACK   | 20260128                 | x",
                "2026-01-28-120000_add_email/up.sql   | VERSIONED | 2026-01-28-120000_add_email   | add email",
                "2026-01-28-120000_add_email/down.sql | ROLLBACK  | 2026-01-28-120000_add_email   | add email",
                "2026_01_28_add_email/migration.sql   | VERSIONED | 2026_01_28_add_email          | add email",
                "users/0042_x/up.sql                       | VERSIONED  | 0042                     | x"
            })
    void says(String path, MigrationName.Role role, String version, String description) {
        MigrationName name = MigrationName.ofScript(path);

        assertThat(name).isNotNull();
        assertThat(name.role()).isEqualTo(role);
        assertThat(name.version() == null ? null : name.version().text()).isEqualTo(version);
        assertThat(name.description()).isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V1.sql",
                "Vx__a.sql",
                "V1.__a.sql",
                "V__a.sql",
                "B1__a.sql",
                "hello.sql",
                "R1__x.sql",
                "R__.sql",
                "U__x.sql",
                "v1__a.sql",
                "12abc.sql",
                "12.5_x.sql",
                ".sql",
                "__x.sql",
                "_.sql",
                "up.sql",
                "down.sql",
                "migration.sql",
                "hello/up.sql",
                "V1__init/up.sql",
                "20260128_x/seed.sql",
                "20260128_x/UP.SQL",
                "١٢_arabic_digits.sql"
            })
    void saysNothing(String path) {
        assertThat(MigrationName.ofScript(path)).isNull();
    }

    @Test
    void aScriptAndItsRollbackHaveOneVersion() {
        assertThat(version("V1__init.sql")).isEqualTo(version("U1__init.sql"));
        assertThat(version("0042_x.up.sql")).isEqualTo(version("0042_x.down.sql"));
        assertThat(version("0042_x.sql")).isEqualTo(version("42_other_words.down.sql"));
        assertThat(version("2026_01_28_x.sql")).isEqualTo(version("2026_01_28_x.down.sql"));
        assertThat(version("2026_01_28_x/up.sql")).isEqualTo(version("2026_01_28_x/down.sql"));
        assertThat(version("2026_01_28_x.sql")).isNotEqualTo(version("2026_01_28_y.down.sql"));
    }

    @Test
    void theHistorysTextOfAVersionIsThatVersionAgain() {
        for (String path : new String[] {"V2026_01_28_1__x.sql", "2026_01_28_x.sql", "2026_01_28_1.sql", "000_x.sql"}) {
            assertThat(Version.parse(version(path).text())).isEqualTo(version(path));
        }
    }

    private static Version version(String path) {
        MigrationName name = Objects.requireNonNull(MigrationName.ofScript(path));
        return Objects.requireNonNull(name.version());
    }
}
