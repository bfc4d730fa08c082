package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.plan.Problem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {

    record Text(String value) {}

    record All(
            int number,
            long big,
            boolean truth,
            Problem.Kind kind,
            Instant at,
            List<Text> list,
            @Nullable String none) {}

    @Test
    void aParserReadsBackEveryCharacter() {
        String everything = IntStream.rangeClosed(0, 0xFFFF)
                        .filter(c -> !Character.isSurrogate((char) c))
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                + "\uD83D\uDE00";

        String json = JsonWriter.write(new Text(everything));

        assertThat(JsonMapper.shared().readTree(json).get("value").asString()).isEqualTo(everything);
        assertThat(json).isPrintable().matches(text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'));
    }

    @Test
    void halfACharacterIsStillJson() {
        assertThat(JsonWriter.write(new Text("a\uD83Db"))).isEqualTo("{\"value\":\"a\\ud83db\"}");
    }

    @Test
    void escapesQuotesAndLineSeparators() {
        assertThat(JsonWriter.write(new Text("\"\\\n\r\t\u0001\u2028\u2029\u007f")))
                .isEqualTo("{\"value\":\"\\\"\\\\\\n\\r\\t\\u0001\\u2028\\u2029\\u007f\"}");
    }

    @Test
    void keepsTheOrderAndLeavesOutWhatIsNull() {
        All all = new All(1, 1L << 40, true, Problem.Kind.OUT_OF_ORDER, Instant.EPOCH, List.of(new Text("x")), null);

        assertThat(JsonWriter.write(all))
                .isEqualTo("{\"number\":1,\"big\":1099511627776,\"truth\":true,\"kind\":\"out_of_order\","
                        + "\"at\":\"1970-01-01T00:00:00Z\",\"list\":[{\"value\":\"x\"}]}");
    }
}
