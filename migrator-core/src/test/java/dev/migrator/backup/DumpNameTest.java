package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of dumps: readable, safe for any database, and nobody else's. */
class DumpNameTest {

    private static final Instant AT = Instant.parse("2026-11-21T16:05:09.7Z");

    private static final List<String> NAMES = List.of(
            "shop",
            "Shop",
            "SHOP",
            "shop-eu",
            "shop-before-1",
            "shop-before",
            "shop-by-hand",
            "shop-by",
            "shop-",
            "a/b",
            "a_b",
            "a b",
            "a.b",
            "..",
            ".",
            "bücher",
            "b\u00fccher2",
            "データ",
            "-rf",
            "$(id)",
            "x".repeat(63),
            "X".repeat(63),
            "ü".repeat(31));

    private static DumpName name(String database, String occasion) {
        return DumpName.of(new BackupRequest(database, occasion, UUID.randomUUID(), AT));
    }

    @Test
    void aUsualNameIsReadableAsItIs() {
        assertThat(name("shop", "before-12").file()).isEqualTo("shop-before-12-20261121-160509.dump");
        assertThat(name("my-shop_2", "before-2026_01_28_add_email").file())
                .isEqualTo("my-shop_2-before-2026_01_28_add_email-20261121-160509.dump");
        assertThat(name("shop", "by-hand").next().file()).isEqualTo("shop-by-hand-20261121-160509-2.dump");
        assertThat(name("shop", "by-hand").unfinishedFile()).isEqualTo("shop-by-hand-20261121-160509.dump.part");
    }

    @Test
    void anyNameMakesAFileNameThatIsSafeEverywhere() {
        for (String database : NAMES) {
            for (String occasion : List.of("before-12", "before-a/../b ü", "restore", "before-" + "9".repeat(300))) {
                String file = name(database, occasion).unfinishedFile();
                assertThat(file).matches("[A-Za-z0-9_][A-Za-z0-9._-]*").hasSizeLessThan(200);
            }
        }
    }

    @Test
    void noTwoDatabasesShareANameEvenWhereCaseMakesNoDifference() {
        assertThat(NAMES.stream()
                        .map(database -> name(database, "before-12").file().toLowerCase()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNameIsReadAsItsOwnDatabasesOnly() {
        List<String> occasions = List.of("before-12", "before-1-20260101-101010", "by-hand", "before-before-1");
        for (String owner : NAMES) {
            for (String occasion : occasions) {
                for (DumpName name : List.of(
                        name(owner, occasion), name(owner, occasion).next().next())) {
                    assertThat(NAMES.stream().filter(other -> DumpName.parse(other, name.file()) != null))
                            .containsExactly(owner);
                    DumpName read = DumpName.parse(owner, name.file());
                    assertThat(read).isNotNull();
                    assertThat(read.occasion()).isEqualTo(occasion);
                    assertThat(read.at()).isEqualTo(Instant.parse("2026-11-21T16:05:09Z"));
                    assertThat(read.number()).isEqualTo(name.number());
                    assertThat(DumpName.parseUnfinished(owner, name.unfinishedFile()))
                            .isEqualTo(read);
                    assertThat(DumpName.parse(owner, name.unfinishedFile())).isNull();
                }
            }
        }
    }

    @Test
    void filesOfOtherOriginAreNotRecognised() {
        assertThat(Stream.of(
                        "shop.dump",
                        "shop-20261121-160509.dump",
                        "shop-before-12-20261121.dump",
                        "shop-before-12-20261341-160509.dump",
                        "shop-before-12-20261121-160509.dump.gz",
                        "shop-before-12-20261121-160509.sql",
                        "shop-before-1/2-20261121-160509.dump",
                        "old-shop-before-12-20261121-160509.dump",
                        "shop-nightly-20261121-160509.dump"))
                .allMatch(file -> DumpName.parse("shop", file) == null);
    }
}
