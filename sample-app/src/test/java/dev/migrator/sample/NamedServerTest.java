package dev.migrator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class NamedServerTest {

    @Test
    void aServerThatIsNamedIsUsedAndNoneStartsInside(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                ConfigurableApplicationContext shop = SpringApplication.run(
                        Bookshop.class,
                        "--server.port=0",
                        "--bookshop.data-directory=" + data,
                        "--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"))) {
            assertThat(JdbcClient.create(server.getPostgresDatabase())
                            .sql("select count(*) from books")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(6);
            assertThat(shop.getBeansOfType(JdbcConnectionDetails.class).values())
                    .noneMatch(details -> details.getClass().getName().contains("InnerPostgres"));
            assertThat(data).doesNotExist();
        }
    }
}
