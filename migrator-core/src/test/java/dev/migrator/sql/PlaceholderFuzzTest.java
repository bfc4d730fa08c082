package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No replacement loses or changes a byte outside of a placeholder; without one, scripts are read as if there were none. */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlaceholderFuzzTest {

    private static final Map<String, String> VALUES = Map.of(
            "a",
            "b",
            "empty",
            "",
            "call",
            "f('x;', \"y\", $q$;$q$, ('日本', 2))",
            "long",
            "v ".repeat(500) + "w",
            "n",
            "''");

    private static final String[] CODE = {
        " ",
        "\n",
        "\r\n",
        ";",
        ";",
        "'",
        "\"",
        "$$",
        "$x$",
        "(",
        ")",
        "--",
        "/*",
        "*/",
        "E'",
        "\\",
        "SELECT ",
        "$1",
        "$",
        "{",
        "}",
        "ä",
        "日本🙂",
        "CREATE FUNCTION f() ",
        "BEGIN ATOMIC ",
        "END",
        "CASE ",
        "1",
        "${{ x }}",
        "${x:-y}",
        "${"
    };

    private static final String[] PLACEHOLDERS = {
        " ${a} ", " ${empty} ", " ${call} ", " ${long} ", " ${n} ", " $${a} ", " ${unknown} ", " ${migrator:user} "
    };

    @Test
    void keepsEveryByteThatIsNoPlaceholder() {
        Random random = new Random(938);
        for (int round = 0; round < 60_000; round++) {
            Placeholders values = Placeholders.of(VALUES, random.nextBoolean() ? Replacing.ON : Replacing.BODIES)
                    .knowing(Map.of("user", "bob"));
            String script = script(random, true);
            try {
                List<Statement> statements = read(script, values, random);
                byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
                for (Statement statement : statements) {
                    String slice = new String(
                            bytes,
                            (int) statement.start(),
                            (int) (statement.end() - statement.start()),
                            StandardCharsets.UTF_8);
                    assertThat(slice).startsWith(statement.source());
                    assertThat(statement.text()).isEqualTo(byPieces(statement, values));
                }
                assertThat(splits(statements)).isEqualTo(splits(read(script, Placeholders.NONE, random)));
            } catch (ScriptException e) {
                assertThat(e.line()).isPositive();
            }
        }
    }

    @Test
    void readsAScriptWithoutOneAsBefore() {
        Random random = new Random(3520);
        Placeholders values = Placeholders.of(VALUES, Replacing.BODIES);
        for (int round = 0; round < 60_000; round++) {
            String script = script(random, false).replace("${", "$ {");
            assertThat(outcome(script, values, random)).isEqualTo(outcome(script, Placeholders.NONE, random));
        }
    }

    private static String script(Random random, boolean placeholders) {
        StringBuilder script = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            String[] pieces = placeholders && random.nextInt(4) == 0 ? PLACEHOLDERS : CODE;
            script.append(pieces[random.nextInt(pieces.length)]);
        }
        return script.toString();
    }

    private static List<Statement> read(String script, Placeholders placeholders, Random random) {
        int bufferSize = random.nextBoolean() ? ScriptInput.BUFFER_SIZE : 1 + random.nextInt(60);
        return Scripts.read(
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), placeholders, bufferSize);
    }

    private static Object outcome(String script, Placeholders placeholders, Random random) {
        try {
            return read(script, placeholders, random).stream()
                    .map(s -> List.of(s.number(), s.kind(), s.text(), s.line(), s.column(), s.start(), s.end()))
                    .toList();
        } catch (ScriptException e) {
            return List.of(e.line(), e.column(), e.problem());
        }
    }

    private static List<List<Long>> splits(List<Statement> statements) {
        return statements.stream()
                .map(statement -> List.of(statement.start(), statement.end()))
                .toList();
    }

    /** What is sent, put together from the source and the values. */
    private static String byPieces(Statement statement, Placeholders values) {
        SourceText replaced = statement.replaced();
        if (replaced == null) {
            return statement.source();
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (SourceText.Piece piece : replaced.pieces()) {
            text.append(replaced.text(), at, piece.start());
            at = piece.start() + piece.length();
            String placeholder = replaced.text().substring(piece.start(), at);
            if (!placeholder.equals("$")) {
                assertThat(text).hasSize(piece.sentStart());
                text.append(values.value(placeholder.substring(2, placeholder.length() - 1)));
                assertThat(statement.replaced().indexOf(text.length())).isGreaterThanOrEqualTo(at);
            }
        }
        return text.append(replaced.text().substring(at)).toString();
    }
}
