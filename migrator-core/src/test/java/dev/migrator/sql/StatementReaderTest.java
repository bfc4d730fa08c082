package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatementReaderTest {

    @Test
    void statementsAreNumberedWithoutTransactionControl() {
        assertThat(Scripts.read("A; BEGIN; B; C; COMMIT; D"))
                .extracting(Statement::number)
                .containsExactly(1, 0, 2, 3, 0, 4);
    }

    @Test
    void statementsKnowTheirPlace() {
        List<Statement> statements =
                Scripts.read("\uFEFF-- head\r\n\tSELECT 1;/* ä🙂 */ SELECT\r\n2;\rSELECT 'é'\n ;  SELECT 4");

        assertThat(statements).extracting(Statement::line).containsExactly(2, 2, 4, 5);
        assertThat(statements).extracting(Statement::column).containsExactly(2, 20, 1, 5);
        assertThat(statements).extracting(Statement::before).containsExactly("\t", "\tSELECT 1;/* ä🙂 */ ", "", " ;  ");
        assertThat(statements).extracting(Statement::start).containsExactly(13L, 35L, 46L, 62L);
        assertThat(statements).extracting(Statement::end).containsExactly(22L, 45L, 60L, 70L);
    }

    @Test
    void thePositionsOfTheServerBecomeLinesAndColumns() {
        Statement statement =
                Scripts.read("SELECT 1;\tSELECT '🙂', x,\r\n  'ü', y\n, z;").get(1);

        assertThat(statement.positionAt(1)).isEqualTo(new Position(1, 11, "SELECT 1;\tSELECT '🙂', x,", 10));
        assertThat(statement.positionAt(13)).isEqualTo(new Position(1, 23, "SELECT 1;\tSELECT '🙂', x,", 22));
        assertThat(statement.positionAt(24)).isEqualTo(new Position(2, 8, "  'ü', y", 7));
        assertThat(statement.positionAt(28)).isEqualTo(new Position(3, 3, ", z", 2));
        assertThat(statement.positionAt(0)).isEqualTo(statement.positionAt(1));
        assertThat(statement.positionAt(1000)).isEqualTo(new Position(3, 4, ", z", 3));
    }

    @Test
    void theCaretStandsUnderItsCharacterAlsoBehindTabs() {
        Statement statement = Scripts.read("\tSELECT\t'ü', x").get(0);

        assertThat(statement.excerpt(13)).isEqualTo("\tSELECT\t'ü', x\n\t      \t     ^");
    }

    @Test
    void aLongLineIsCutAroundTheColumn() {
        String excerpt = Scripts.read("SELECT " + "a, ".repeat(100) + "x" + ", b".repeat(100))
                .get(0)
                .excerpt(308);
        String[] lines = excerpt.split("\n");

        assertThat(lines[0]).hasSize(Excerpt.WIDTH + 2).startsWith("…").endsWith("…");
        assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('x');
    }

    @Test
    void inALineOfManyStatementsTheCaretIsStillRight() {
        List<Statement> statements = Scripts.read("SELECT 1; ".repeat(50) + "SELECT x");
        String[] lines = statements.get(50).excerpt(8).split("\n");

        assertThat(statements.get(50).column()).isEqualTo(501);
        assertThat(statements.get(50).positionAt(8).column()).isEqualTo(508);
        assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('x');
    }

    @Test
    void theChecksumIsThatOfWhatHasBeenRead() throws IOException {
        String text =
                "\uFEFFSELECT 1;\r\nBEGIN; /* ; */ SELECT 2;\r\nCOPY t FROM STDIN;\r\n1\r\n\\.\r\nEND;\r\n-- end\r\n";
        try (StatementReader reader = new StatementReader("test.sql", Scripts.stream(text), 16)) {
            for (Statement statement; (statement = reader.next()) != null; ) {
                byte[] prefix = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), (int) statement.end());
                assertThat(reader.checksum()).isEqualTo(Checksum.of(prefix));
            }
            assertThat(reader.checksum()).isEqualTo(Checksum.of(text));
            assertThat(reader.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\ta\n2\t\\N\n", "", "\n\n", "\\.x\n \\.\n\\\\.\n", "a;'\n$$\n/*\n", "1\r\n2\r\n"})
    void copyDataIsWhatStandsBeforeTheEndMark(String data) throws IOException {
        for (String mark : new String[] {"\\.\n", "\\.\r\n"}) {
            String text = "COPY t FROM STDIN; -- data\n" + data + mark + "SELECT 1;";
            try (StatementReader reader = new StatementReader("test.sql", Scripts.stream(text), 8)) {
                reader.next();
                assertThat(new String(reader.copyData().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(data);
                assertThat(reader.copyData().read()).isEqualTo(-1);
                Statement next = reader.next();
                assertThat(next).isNotNull();
                assertThat(next.text()).isEqualTo("SELECT 1");
                assertThat(next.line()).isEqualTo(text.split("\n", -1).length);
            }
        }
    }

    @Test
    void copyDataThatIsNotReadIsSkipped() throws IOException {
        String text = "COPY t FROM STDIN;\nline 1\nline 2;\n\\.\nCOPY u FROM STDIN;\n\\.";
        try (StatementReader reader = new StatementReader("test.sql", Scripts.stream(text))) {
            reader.next();
            assertThat(reader.copyData().readNBytes(3)).asString().isEqualTo("lin");
            Statement next = reader.next();
            assertThat(next).isNotNull();
            assertThat(next.line()).isEqualTo(5);
            assertThat(reader.copyData().readAllBytes()).isEmpty();
            assertThat(reader.next()).isNull();
            assertThatThrownBy(reader::copyData).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void commentsAreNestedAsDeepAsOneLikes() {
        int depth = 100_000;

        assertThat(Scripts.texts("/*".repeat(depth) + ";" + "*/".repeat(depth) + "SELECT 1" + "(".repeat(depth) + ";"
                        + ")".repeat(depth)))
                .singleElement()
                .asString()
                .startsWith("SELECT 1((");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1;#SELECT 'a; | 2:8: this string is never closed",
                "SELECT E'a\\'; | 1:9: this string is never closed",
                "SELECT #  \"a; | 2:3: this quoted identifier is never closed",
                "SELECT (#$x$ $y$; | 2:1: this dollar quote is never closed",
                "SELECT 1#/* /* */; | 2:1: this block comment is never closed",
                "/* | 1:1: this block comment is never closed",
                "SELECT (1, (2); | 1:8: this parenthesis is never closed",
                "CREATE FUNCTION f() RETURNS int#BEGIN ATOMIC SELECT 1; | 2:13: this BEGIN ATOMIC has no END",
                "SELECT 1;#\\i other.sql | 2:1: \\i is a command of psql",
                "SELECT 1 \\gexec | 1:10: \\gexec is a command of psql",
                "SELECT 1 \\; SELECT 2; | 1:10: \\; is a command of psql",
                "\\. | 1:1: \\. is a command of psql",
                "SELECT 1#\\restrict x#; | 2:1: \\restrict is a command of psql",
                "SELECT 1;# COPY t FROM STDIN;#1#2 | 2:2: the data of this COPY has no end",
                "COPY t FROM STDIN | 1:1: the data of this COPY has no end",
                "COPY t FROM STDIN; SELECT 1;#\\.# | 1:20: the data of COPY begins in the next line",
            })
    void whatCannotBeReadIsAnErrorThatSaysWhere(String text, String message) {
        String script = text.replace('#', '\n');

        assertThatThrownBy(() -> Scripts.read(script))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:" + message);
        assertThatThrownBy(() -> Scripts.scan(script))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:" + message);
    }

    @Test
    void anErrorShowsItsLine() {
        assertThatThrownBy(() -> Scripts.read("SELECT 1;\nSELECT\t'ä', $$x"))
                .hasMessage("test.sql:2:13: this dollar quote is never closed\nSELECT\t'ä', $$x\n      \t     ^");
    }

    @Test
    void whatIsNotUtf8IsAnErrorAtItsByte() {
        byte[] latin1 = "SELECT 1;\n-- gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Scripts.read(new ByteArrayInputStream(latin1), 64))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:2:6: not UTF-8: byte 0x");
        assertThatThrownBy(
                        () -> Scripts.read(new ByteArrayInputStream("SELECT 1".getBytes(StandardCharsets.UTF_16)), 64))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> Scripts.read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xC3}), 64))
                .hasMessageContaining("ends inside a UTF-8 character");
    }

    @Test
    void aNulIsAnErrorEverywhere() {
        for (String text : List.of("SELECT 'a\0'", "-- \0", "SELECT \0", "COPY t FROM STDIN;\n\0\n\\.\n")) {
            assertThatThrownBy(() -> Scripts.read(text))
                    .isInstanceOf(ScriptException.class)
                    .hasMessageContaining("NUL");
        }
    }
}
