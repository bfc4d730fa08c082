package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1, 001",
        "1, 1.0.0",
        "1.2, 1_2",
        "0, 000",
        "2026.01.28.1, 2026_01_28_1",
        "2026_01_28_add_email, 2026_01_28_add_email"
    })
    void theseAreOneVersion(String one, String other) {
        assertThat(Version.parse(one)).isEqualByComparingTo(Version.parse(other));
        assertThat(Version.parse(one)).isEqualTo(Version.parse(other)).hasSameHashCodeAs(Version.parse(other));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1.0.1",
        "1.9, 1.10",
        "9, 10",
        "1.2, 1.11",
        "99999999999999999999, 100000000000000000000",
        "999999999999999999, 1000000000000000000",
        "9223372036854775806, 9223372036854775807",
        "9223372036854775807, 9223372036854775808.1",
        "9223372036854775807.1, 9223372036854775807.2",
        "1, 9223372036854775807",
        "20260128, 20260128.1",
        "2026_01_28_b, 2026_01_29_a",
        "2026_01_28_a, 2026_01_28_b",
        "2026_01_28_9, 2026_01_28_10",
        "2026.01.28, 2026_01_28_a",
        "3000, 2026_01_28_a",
        "20140924113530, 2017-08-31-230457_a",
        "2026-01-28-120000_a, 20260128120001",
        "2026-01-28-120000-0001_b, 2026-01-28-120000-0002_a",
        "2026-01-28-090000_b, 2026-01-28-120000_a",
        "2026_01_28_b, 2026-01-28-000001_a",
        "2026-01-28-235959_b, 2026_01_29_a",
        "2026-01-28-000000_a, 2026_01_28_a"
    })
    void theFirstComesBeforeTheSecond(String first, String second) {
        assertThat(Version.parse(first)).isLessThan(Version.parse(second)).isNotEqualTo(Version.parse(second));
        assertThat(Version.parse(second)).isGreaterThan(Version.parse(first));
    }

    @ParameterizedTest
    @CsvSource({"001, 001", "1_2, 1.2", "2026.01.28_1, 2026.01.28.1", "2026_01_28_add_email, 2026_01_28_add_email"})
    void itsTextIsAsWrittenWithDots(String written, String text) {
        assertThat(Version.parse(written).text()).isEqualTo(text);
        assertThat(Version.parse(written)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "1a",
                "1.",
                ".1",
                "1..2",
                "_1",
                "1_",
                "-1",
                "1-2",
                "1,2",
                " 1",
                "١",
                "2026_01_28_",
                "2026-01-28_x"
            })
    void theseAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Version.parse(text))
                .withMessageContaining("'" + text + "' is no version")
                .withMessageContaining("2026_01_28_add_email");
    }

    @Test
    void whatAFileNameMayHoldTheHistoryCanHoldToo() {
        String longest = "1".repeat(255);
        assertThat(Version.parse(longest).text()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> Version.parse(longest + "1"));
        assertThat(MigrationName.ofScript("V" + longest + "__x.sql")).isNotNull();
        assertThat(MigrationName.ofScript("V" + longest + "1__x.sql")).isNull();
        assertThat(MigrationName.ofScript(longest + "1_x.sql")).isNull();
    }

    @Test
    void theOrderIsTotalAndAgreesWithEquality() {
        Random random = new Random(20260128);
        List<Version> versions =
                Stream.generate(() -> randomVersion(random)).limit(120).toList();
        for (Version a : versions) {
            assertThat(Version.parse(a.text())).isEqualTo(a);
            for (Version b : versions) {
                int order = Integer.signum(a.compareTo(b));
                assertThat(Integer.signum(b.compareTo(a))).isEqualTo(-order);
                assertThat(a.equals(b)).as("%s equals %s", a, b).isEqualTo(order == 0);
                if (order == 0) {
                    assertThat(a).hasSameHashCodeAs(b);
                }
                for (Version c : versions) {
                    if (order <= 0 && b.compareTo(c) <= 0) {
                        assertThat(a).as("%s <= %s <= %s", a, b, c).isLessThanOrEqualTo(c);
                    }
                }
            }
        }
    }

    @Test
    void sortingDoesNotDependOnTheOrderBefore() {
        Random random = new Random(7);
        List<Version> versions = new ArrayList<>(Stream.generate(() -> randomVersion(random))
                .limit(500)
                .distinct()
                .toList());
        List<Version> sorted = versions.stream().sorted().toList();
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(versions, random);
            assertThat(versions.stream().sorted()).isEqualTo(sorted);
        }
    }

    /** Few digits and names, so that many are equal or close. */
    private static Version randomVersion(Random random) {
        String name = List.of("_a", "_b", "_a_b", "_1", "_01").get(random.nextInt(5));
        String day = "2026_01_0" + random.nextInt(3);
        return Version.parse(
                switch (random.nextInt(4)) {
                    case 0 -> day + name;
                    case 1 -> day.replace('_', '-') + "-00000" + random.nextInt(2) + name;
                    case 2 -> day.replace('_', '.') + ".0".repeat(random.nextInt(3));
                    default -> "0".repeat(random.nextInt(3)) + random.nextInt(12) + ".0" + random.nextInt(3);
                });
    }
}
