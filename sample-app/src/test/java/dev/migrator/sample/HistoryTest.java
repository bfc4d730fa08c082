package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class HistoryTest {

    private final History history;

    HistoryTest(@LocalServerPort int port) {
        history = History.at(port);
    }

    @Test
    void everyMigrationIsAppliedAndInOrder() {
        assertThat(history.state()).isEqualTo("succeeded");
        assertThat(history.migrations())
                .extracting(migration -> migration.get("state"))
                .containsOnly("applied");
        assertThat(history.migrations())
                .extracting(migration -> migration.get("version"))
                .containsExactlyElementsOf(versionsAndOneRepeatable());
    }

    @Test
    void theMigrationInJavaStandsAmongTheScripts() {
        assertThat(history.migrations().get(11))
                .containsEntry("version", "12")
                .containsEntry("description", "Give every book an isbn13");
    }

    private static List<String> versionsAndOneRepeatable() {
        return Stream.concat(
                        Stream.iterate(1, version -> version + 1).limit(17).map(String::valueOf),
                        Stream.of((String) null))
                .toList();
    }
}
