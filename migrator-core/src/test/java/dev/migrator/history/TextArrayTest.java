package dev.migrator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays are read as PostgreSQL writes them. */
class TextArrayTest {

    @Test
    void readsWhatTheServerWrites() throws Exception {
        String[] texts = {
            "",
            " ",
            "a",
            "NULL",
            "null",
            null,
            "a,b",
            "{}",
            "\"",
            "\\",
            "\\\"x",
            "line\nnext\ttab",
            "ä履歴",
            "'",
            "x y",
            ",",
            "}"
        };
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT (?::text[])::text")) {
            statement.setArray(1, connection.createArrayOf("text", texts));
            try (ResultSet result = statement.executeQuery()) {
                result.next();

                assertThat(TextArray.parse(result.getString(1))).isEqualTo(Arrays.asList(texts));
            }
        }
    }

    @Test
    void readsOneWithoutElements() {
        assertThat(TextArray.parse("{}")).isEqualTo(List.of());
    }
}
