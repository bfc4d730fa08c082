package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.crash.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which dumps go and which stay. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    /** Of the 1st to the 9th of November. */
    private void dumps(String database, int count) throws IOException {
        for (int day = 1; day <= count; day++) {
            Files.writeString(folder.resolve(file(database, day)), "dump " + day);
        }
    }

    private static String file(String database, int day) {
        return database + "-before-" + day + "-2026110" + day + "-000000.dump";
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Retention.Result apply(int keep, Duration keepFor, String... named) {
        return new Retention(keep, keepFor).apply(folder, "shop", List.of(named), NOW);
    }

    @Test
    void theNewestAreKept() throws IOException {
        dumps("shop", 5);

        assertThat(apply(2, null).deleted())
                .containsExactly(
                        folder.resolve(file("shop", 3)),
                        folder.resolve(file("shop", 2)),
                        folder.resolve(file("shop", 1)));

        assertThat(left()).containsExactly(file("shop", 4), file("shop", 5));
    }

    @Test
    void theFirstOneOfAMigrationThatIsTriedAgainAndAgainStays() throws IOException {
        dumps("shop", 2);
        dump("by-hand-20261103-000000");
        for (int attempt = 0; attempt < 9; attempt++) {
            dump("before-4-20261104-00000" + attempt);
            apply(3, null);
        }

        assertThat(left())
                .containsExactly(
                        file("shop", 2),
                        "shop-before-4-20261104-000000.dump",
                        "shop-before-4-20261104-000006.dump",
                        "shop-before-4-20261104-000007.dump",
                        "shop-before-4-20261104-000008.dump",
                        "shop-by-hand-20261103-000000.dump");
    }

    @Test
    void whatIsTakenByHandMeanwhileDoesNotPushItOut() throws IOException {
        for (int hour = 0; hour < 9; hour++) {
            dump("before-4-20261104-0" + hour + "0000");
            apply(2, null);
            dump("by-hand-20261104-0" + hour + "3000");
            apply(2, null);
        }

        assertThat(left()).contains("shop-before-4-20261104-000000.dump").hasSize(3);
    }

    @Test
    void anAttemptOnAnotherDayHasAFirstOneOfItsOwn() throws IOException {
        dump("before-4-20261101-000000");
        for (int attempt = 0; attempt < 5; attempt++) {
            dump("before-4-20261104-00000" + attempt);
            apply(2, null);
        }

        assertThat(left())
                .containsExactly(
                        "shop-before-4-20261101-000000.dump",
                        "shop-before-4-20261104-000000.dump",
                        "shop-before-4-20261104-000003.dump",
                        "shop-before-4-20261104-000004.dump");
    }

    @Test
    void ofThoseTakenByHandEachCounts() throws IOException {
        for (int day = 1; day <= 5; day++) {
            dump("by-hand-2026110" + day + "-000000");
            apply(2, null);
        }

        assertThat(left()).containsExactly("shop-by-hand-20261104-000000.dump", "shop-by-hand-20261105-000000.dump");
    }

    private void dump(String rest) throws IOException {
        Files.writeString(folder.resolve("shop-" + rest + ".dump"), rest);
    }

    @Test
    void olderOnesAreKeptForTheTimeThatWasAskedFor() throws IOException {
        dumps("shop", 5);

        apply(1, Duration.ofDays(19));

        assertThat(left()).containsExactly(file("shop", 3), file("shop", 4), file("shop", 5));
    }

    @Test
    void zeroKeepsAllOfThem() throws IOException {
        dumps("shop", 5);

        assertThat(apply(0, null).deleted()).isEmpty();

        assertThat(left()).hasSize(5);
    }

    @Test
    void oneThatTheHistoryNamesIsKeptWhereverItStood() throws IOException {
        dumps("shop", 5);

        apply(1, null, "/mnt/elsewhere/" + file("shop", 2), "snap-0123:\0");

        assertThat(left()).containsExactly(file("shop", 2), file("shop", 5));
    }

    @Test
    void whatIsNotThisDatabasesDumpIsNotTouched() throws IOException {
        dumps("shop", 3);
        dumps("shop-eu", 3);
        Files.writeString(folder.resolve("shop.dump"), "by hand");
        Files.writeString(folder.resolve(file("shop", 1) + ".part"), "being written");

        apply(1, null);

        assertThat(left())
                .containsExactlyInAnyOrder(
                        file("shop-eu", 1),
                        file("shop-eu", 2),
                        file("shop-eu", 3),
                        file("shop", 1) + ".part",
                        file("shop", 3),
                        "shop.dump");
    }

    @Test
    void foldersGoWhollyAndLinksAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "!");
        dumps("shop", 3);
        Files.delete(folder.resolve(file("shop", 1)));
        Path dump = Files.createDirectory(folder.resolve(file("shop", 1)));
        Files.writeString(dump.resolve("toc.dat"), "x");
        Files.createSymbolicLink(dump.resolve("out"), elsewhere);
        Files.delete(folder.resolve(file("shop", 2)));
        Files.createSymbolicLink(folder.resolve(file("shop", 2)), elsewhere);

        assertThat(apply(1, null).deleted()).containsExactly(dump);

        assertThat(left()).containsExactly("elsewhere", file("shop", 2), file("shop", 3));
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void aFolderThatDoesNotExistHoldsNothing() {
        assertThat(new Retention(1, null).apply(folder.resolve("none"), "shop", List.of(), NOW))
                .isEqualTo(new Retention.Result(List.of(), List.of()));
    }

    @Test
    void whatCannotBeDeletedIsAWarningAndTheOthersGo() throws IOException {
        dumps("shop", 3);
        Files.delete(folder.resolve(file("shop", 2)));
        Path dump = Files.createDirectory(folder.resolve(file("shop", 2)));
        try (SmallDisk inUse = SmallDisk.mount(dump, "root", 1)) {
            assertThat(inUse.folder()).isDirectory();

            Retention.Result result = apply(1, null);

            assertThat(result.deleted()).containsExactly(folder.resolve(file("shop", 1)));
            assertThat(result.warnings())
                    .containsExactly("The old backup " + dump + " could not be deleted: Device or resource busy");
        }
    }

    @Test
    void theListHasTheNewestFirst() throws IOException {
        dumps("shop", 2);
        Path dump = Files.createDirectory(folder.resolve("shop-before-9-20261102-000000-2.dump"));
        Files.writeString(dump.resolve("toc.dat"), "12345678");
        BackupFiles files = new BackupFiles(folder);

        assertThat(files.list("shop"))
                .containsExactly(
                        new BackupFile(
                                dump, "before-9", Instant.parse("2026-11-02T00:00:00Z"), 8, BackupFormat.DIRECTORY),
                        new BackupFile(
                                folder.resolve(file("shop", 2)),
                                "before-2",
                                Instant.parse("2026-11-02T00:00:00Z"),
                                6,
                                BackupFormat.CUSTOM),
                        new BackupFile(
                                folder.resolve(file("shop", 1)),
                                "before-1",
                                Instant.parse("2026-11-01T00:00:00Z"),
                                6,
                                BackupFormat.CUSTOM));
        assertThat(files.latest("shop")).isEqualTo(files.list("shop").get(0));
        assertThat(files.latest("other")).isNull();
    }
}
