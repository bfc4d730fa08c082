package dev.migrator.sample.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class GiveEveryBookAnIsbn13Test {

    private EmbeddedPostgres server;
    private JdbcClient jdbc;

    @BeforeEach
    void aShopAtVersion11() throws Exception {
        server = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(server.getPostgresDatabase());
        migrateTo("11");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void itFillsTheNewColumn() {
        migrateTo("12");

        assertThat(jdbc.sql("select isbn13 from books order by isbn10")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "9780140621334",
                        "9780141439471",
                        "9780141439518",
                        "9780141439587",
                        "9780142437247",
                        "9780552137034");
    }

    @Test
    void itLeavesWhatAShopHasTriedOut() {
        jdbc.sql("alter table books add column isbn13 text").update();
        jdbc.sql("update books set isbn13 = '9780000000002' where title = 'Emma'")
                .update();

        migrateTo("12");

        assertThat(jdbc.sql("select isbn13 from books where title = 'Emma'")
                        .query(String.class)
                        .single())
                .isEqualTo("9780000000002");
        assertThat(jdbc.sql("select count(*) from books where isbn13 is null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0306406152, 9780306406157", "080442957X, 9780804429573", "0141439580, 9780141439587"})
    void theCheckDigitIsComputedAnew(String isbn10, String isbn13) {
        assertThat(V12__Give_every_book_an_isbn13.isbn13(isbn10)).isEqualTo(isbn13);
    }

    private void migrateTo(String version) {
        DataSource database = server.getPostgresDatabase();
        Migrator.builder(database)
                .javaMigrations(List.of(new V12__Give_every_book_an_isbn13()))
                .target(version)
                .build()
                .migrate();
    }
}
