package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrator.testing.Scripts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "classpath:db/migration, classpath:db/migration",
        "db/migration, classpath:db/migration",
        "' classpath:/db/migration/ ', classpath:db/migration",
        "filesystem:/srv/migrations, filesystem:/srv/migrations",
        "filesystem:migrations, filesystem:migrations"
    })
    void isRead(String text, String location) {
        assertThat(Location.parse(text)).hasToString(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "classpath:",
                "classpath:/",
                "filesystem:",
                "file:/srv",
                "classpath*:db/migration",
                "classpath:db/*",
                "s3:bucket/migrations"
            })
    void isNotUnderstood(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:db/no_such_folder", "filesystem:/no/such/folder"})
    void anIssueIfItDoesNotExist(String location) {
        Found found = Finding.in(location);

        assertThat(Finding.issues(found)).containsExactly("NO_LOCATION " + location);
        assertThat(found.issues().get(0).message()).contains(location);
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void onlyANoteIfItIsTheDefaultAndDoesNotExist() {
        Found found = Finding.in(Location.DEFAULT.toString());

        assertThat(found.issues()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("classpath:db/migration");
    }

    @Test
    void onlyANoteIfItIsEmpty(@TempDir Path folder) {
        Found found = Finding.in("filesystem:" + folder);

        assertThat(found.issues()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("filesystem:" + folder);
    }

    @Test
    void anIssueIfItIsAFile(@TempDir Path folder) {
        String location = new Scripts(folder).with("V1__a.sql", "").location() + "/V1__a.sql";

        assertThat(Finding.issues(Finding.in(location))).containsExactly("NO_LOCATION " + location);
    }

    @Test
    void anIssueIfItsPathIsNone() {
        String location = "filesystem:/srv/\0";

        assertThat(Finding.issues(Finding.in(location))).containsExactly("UNREADABLE " + location);
    }

    @Test
    void oneThatIsMissingDoesNotKeepTheOthersFromBeingLookedInto(@TempDir Path folder) {
        String location = new Scripts(folder).with("V1__a.sql", "").location();

        Found found = Finding.in("filesystem:/no/such/folder", location, "classpath:nor/this");

        assertThat(Finding.scripts(found)).containsExactly("V1__a.sql");
        assertThat(found.issues()).hasSize(2);
    }
}
