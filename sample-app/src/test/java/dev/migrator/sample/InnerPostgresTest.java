package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, stops and kills the sample as a process, as its user would. */
class InnerPostgresTest {

    @TempDir
    Path directory;

    @Test
    void aSecondStartFindsItsDataAndHasNothingToDo() throws Exception {
        List<Map<String, Object>> first;
        try (BookshopProcess shop = BookshopProcess.start(directory, data())) {
            first = History.at(shop.port()).migrations();
        }
        try (BookshopProcess shop = BookshopProcess.start(directory, data())) {
            assertThat(History.at(shop.port()).migrations()).isEqualTo(first);
            assertThat(shop.output()).contains(" 0 applied");
        }
    }

    @Test
    void itStartsAgainAfterAKill() throws Exception {
        List<Map<String, Object>> first;
        try (BookshopProcess shop = BookshopProcess.start(directory, data())) {
            first = History.at(shop.port()).migrations();
            shop.kill();
        }
        assertThat(data().resolve("postmaster.pid")).exists();

        try (BookshopProcess shop = BookshopProcess.start(directory, data())) {
            assertThat(shop.output()).contains("that a killed application left behind");
            assertThat(History.at(shop.port()).migrations()).isEqualTo(first);
        }
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void aDirectoryInUseIsRefused() throws Exception {
        try (BookshopProcess first = BookshopProcess.start(directory, data());
                BookshopProcess second = BookshopProcess.launch(directory, data())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .contains("APPLICATION FAILED TO START")
                    .contains("The data directory " + data() + " is in use by another instance of the sample.")
                    .contains("BOOKSHOP_DATA_DIRECTORY");
            assertThat(History.at(first.port()).state()).isEqualTo("succeeded");
        }
    }

    @Test
    void aDirectoryOfOthersIsLeftAlone() throws Exception {
        Path letter = Files.writeString(Files.createDirectories(data()).resolve("letter.txt"), "Dear Ada");

        assertRefused("holds files, but no complete database of the sample");

        assertThat(data()).isDirectoryNotContaining(file -> !file.equals(letter));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(data(), "Dear Ada");

        assertRefused("cannot be had");
    }

    @Test
    void aNumberThatBelongsToAnotherProgramNowDoesNotKeepItFromStarting() throws Exception {
        BookshopProcess.start(directory, data()).close();
        String thisProcess = ProcessHandle.current().pid() + "\n" + data() + "\n";
        Files.writeString(data().resolve("postmaster.pid"), thisProcess);

        try (BookshopProcess shop = BookshopProcess.start(directory, data())) {
            assertThat(History.at(shop.port()).state()).isEqualTo("succeeded");
        }
    }

    private void assertRefused(String reason) throws IOException, InterruptedException {
        try (BookshopProcess shop = BookshopProcess.launch(directory, data())) {
            assertThat(shop.exitCode()).isEqualTo(1);
            assertThat(shop.output()).contains("APPLICATION FAILED TO START").contains(reason);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }
}
