package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the packaged application the migrations are in a jar, and what finds them in a jar inside that jar. */
class PackagedBookshopIT {

    @Test
    void thePackagedApplicationMigratesAsWell(@TempDir Path directory) throws Exception {
        Path jar = Readme.read().project().resolve("sample-app/target/sample-app.jar");

        try (BookshopProcess shop = BookshopProcess.startJar(jar, directory.resolve("data"))) {
            History history = History.at(shop.port());

            assertThat(history.state()).isEqualTo("succeeded");
            assertThat(history.migrations()).hasSize(18);
        }
    }
}
