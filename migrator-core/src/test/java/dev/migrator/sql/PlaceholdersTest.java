package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private static final Placeholders VALUES = Placeholders.of(
                    Map.ofEntries(
                            Map.entry("t", "author"),
                            Map.entry("app.Owner-x_1", "bob"),
                            Map.entry("empty", ""),
                            Map.entry("several", "id int, name text"),
                            Map.entry("call", "coalesce('a;b', \"c)\", $$d;$$)"),
                            Map.entry("doubled", "O''Brien"),
                            Map.entry("quote", "O'Brien"),
                            Map.entry("name", "a\"\"b"),
                            Map.entry("doublequote", "a\"b"),
                            Map.entry("backslash", "C:\\"),
                            Map.entry("backslashes", "C:\\\\"),
                            Map.entry("semicolon", "1; DROP TABLE author"),
                            Map.entry("open", "(1"),
                            Map.entry("close", "1)"),
                            Map.entry("string", "'x"),
                            Map.entry("comment", "1 -- one"),
                            Map.entry("comments", "1 -- one\n"),
                            Map.entry("block", "/* a"),
                            Map.entry("psql", "\\gexec"),
                            Map.entry("atomic", "BEGIN ATOMIC"),
                            Map.entry("concurrently", "CONCURRENTLY"),
                            Map.entry("begin", "BEGIN ISOLATION LEVEL SERIALIZABLE"),
                            Map.entry("mark", "a$b$c"),
                            Map.entry("dollar", "5$"),
                            Map.entry("utf", "日本🙂")),
                    Replacing.ON)
            .knowing(Map.of("schema", "shop", "user", "bob"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM ${t} | SELECT * FROM author",
                "${t} | author",
                "SELECT * FROM ${T} | SELECT * FROM author",
                "SELECT ${app.owner-x_1} | SELECT bob",
                "CREATE TABLE x (${several}) | CREATE TABLE x (id int, name text)",
                "SELECT ${call} | SELECT coalesce('a;b', \"c)\", $$d;$$)",
                "SELECT ${empty}1${empty} | SELECT 1",
                "SELECT '${t}', E'${t}', \"${t}\" | SELECT 'author', E'author', \"author\"",
                "SELECT '${doubled}', E'${doubled} ${backslashes}' | SELECT 'O''Brien', E'O''Brien C:\\\\'",
                "SELECT '${backslash}' | SELECT 'C:\\'",
                "SELECT \"${name}\", '${doublequote}' | SELECT \"a\"\"b\", 'a\"b'",
                "SELECT p_${t}_s.x FROM p_${t}_s | SELECT p_author_s.x FROM p_author_s",
                "SELECT 1 FROM ${t}${t}, a${t}${t} | SELECT 1 FROM authorauthor, aauthorauthor",
                "SELECT 1${t} | SELECT 1author",
                "SELECT a$1${t} | SELECT a$1author",
                "SELECT '${utf}', 'ä${t}ä', ${t}ä | SELECT '日本🙂', 'äauthorä', authorä",
                "SELECT ${migrator:schema}, '${MIGRATOR:User}' | SELECT shop, 'bob'",
                "SELECT '$${t}', '$$${t}', \"$${t}\" | SELECT '${t}', '$${t}', \"${t}\"",
                "SELECT E'$${t}' | SELECT E'${t}'",
                "SELECT '$${nobody}' | SELECT '${nobody}'",
                "SELECT a$${t} | SELECT a${t}",
            })
    void areReplaced(String script, String expected) {
        assertThat(sent(script)).isEqualTo(List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '${{ x }}'",
                "SELECT '${a b}', '${', '${}', '${ t }', '$t', '$ {t}'",
                "SELECT '${VAR:-x}', '${VAR:=x}', '${VAR:?x}', '${DB_HOST:localhost}'",
                "SELECT '${1}', '${#t}', '${!t}', '${t%.*}', '${t[0]}', '${t()}', '${t + 1}'",
                "SELECT '${größe}', '${t\n}', '${-t}', '${.t}', '${other:t}'",
                "SELECT '${t'",
                "SELECT '$${VAR:-x}', '$${{ x }}', '$$', '$${'",
                "SELECT /* ${t} ${nobody} */ 1 -- ${t} ${nobody}",
                "SELECT $${t}$$",
                "SELECT $${\"a\": 1}$$",
                "SELECT $x${t}$x$, $x$ ${t} $${t} ${nobody} $x$",
                "DO $do$ BEGIN PERFORM '${t}'; END $do$",
                "SELECT $1, a$b, a$b$c"
            })
    void areNotInTextOfAnotherForm(String script) {
        assertThat(sent(script)).isEqualTo(List.of(script));
        assertThat(scan(script).problems()).isEmpty();
    }

    @Test
    void inNamesOfMoreThanAnyLengthAreNone() {
        String script = "SELECT '${" + "a".repeat(100_000) + "}'";

        assertThat(sent(script)).isEqualTo(List.of(script));
    }

    @Test
    void areReplacedInBodiesWhereTheScriptAsksForIt() {
        String directive = "-- migrator: placeholders=bodies\n";

        assertThat(sent(directive + "SELECT $x$ ${t}; $${t} $y$ ${t} $x$, $$ ${t}$$, '${t}'; SELECT $${t}$$"))
                .containsExactly("SELECT $x$ author; ${t} $y$ author $x$, $$ author$$, 'author'", "SELECT $${t}$$");
        assertThat(problems(directive + "SELECT $b$ ${mark} $b$, $x$ ${mark} $x$, $$${dollar}$$"))
                .containsExactly(
                        "test.sql:2:12: the value of ${mark} holds what would end the dollar quote in which it stands",
                        "test.sql:2:44: the value of ${dollar} holds what would end the dollar quote in which it stands");
    }

    @Test
    void areNotTouchedInTheDataOfCopy() throws IOException {
        String script = "COPY ${t} FROM STDIN;\n${t}\t${nobody}\n\\.\nSELECT '${t}';";
        try (StatementReader reader =
                new StatementReader("test.sql", Scripts.stream(script), VALUES, Directives.NONE)) {
            Statement copy = reader.next();
            assertThat(copy.text()).isEqualTo("COPY author FROM STDIN");
            assertThat(new String(reader.copyData().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("${t}\t${nobody}\n");
            assertThat(reader.next().text()).isEqualTo("SELECT 'author'");
        }
        assertThat(scan(script).problems()).isEmpty();
    }

    @Test
    void thatAreUnknownAreAllToldWithTheirPlaces() {
        Placeholders few = Placeholders.of(Map.of("owner", "bob"), Replacing.ON).knowing(Map.of("schema", "shop"));

        assertThat(problems("SELECT 1;\nSELECT 'ä${nobody}', ${owner};\nGRANT x TO \"${b}\"; SELECT ${nobody}", few))
                .containsExactly(
                        "test.sql:2:10: the placeholder ${nobody} has no value; known are ${migrator:schema}, ${owner}",
                        "test.sql:3:13: the placeholder ${b} has no value; known are ${migrator:schema}, ${owner}");
        assertThat(problems("SELECT ${a}", Placeholders.of(Map.of(), Replacing.ON)))
                .containsExactly("test.sql:1:8: the placeholder ${a} has no value; known are none");
    }

    @Test
    void ofFlywayAreNamedAsSuch() {
        assertThat(problems("SELECT ${flyway:defaultSchema}, ${flyway:timestamp}"))
                .containsExactly(
                        "test.sql:1:8: the placeholder ${flyway:defaultSchema} has no value: it is Flyway's, and here it is"
                                + " ${migrator:schema}",
                        "test.sql:1:33: the placeholder ${flyway:timestamp} has no value: it is Flyway's, and has no"
                                + " counterpart here");
    }

    @Test
    void areAnErrorWhenReadThatCouldNotBeReplaced() {
        assertThatThrownBy(() -> sent("SELECT 1;\n SELECT ${nobody}"))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:2:9: the placeholder ${nobody} has no value")
                .hasMessageContaining(" SELECT ${nobody}\n        ^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT ${semicolon} | holds a semicolon that would end the statement; a placeholder stands for a part of one"
                        + " statement",
                "INSERT INTO x SELECT ${semicolon} | holds a semicolon that would end the statement; a placeholder stands for a"
                        + " part of one statement",
                "SELECT '${quote}' | holds a quote that would end the string in which it stands; double it, as ''",
                "SELECT E'${quote}' | holds a quote or a backslash that would end the string in which it stands, or not let it"
                        + " end; double it",
                "SELECT E'${backslash}' | holds a quote or a backslash that would end the string in which it stands, or not let"
                        + " it end; double it",
                "SELECT \"${doublequote}\" | holds a double quote that would end the identifier in which it stands; double it,"
                        + " as \"\"",
                "SELECT ${open}) | opens or closes a parenthesis, or a BEGIN ATOMIC or CASE, without its counterpart",
                "SELECT (${close} | opens or closes a parenthesis, or a BEGIN ATOMIC or CASE, without its counterpart",
                "CREATE FUNCTION f() RETURNS int ${atomic} SELECT 1; END | opens or closes a parenthesis, or a BEGIN ATOMIC or"
                        + " CASE, without its counterpart",
                "SELECT ${string}' | cannot stand by itself: this string is never closed",
                "SELECT ${block} */ 1 | cannot stand by itself: this block comment is never closed",
                "SELECT ${comment} + 1 | cannot stand by itself: it ends inside of a comment",
            })
    void whoseValuesWouldChangeTheSplitAreRefusedWithoutShowingThem(String script, String problem) {
        assertThat(allProblems(script))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).matches("the value of \\$\\{\\w+} .*"))
                .satisfies(found -> assertThat(found.problem()).endsWith(problem))
                .satisfies(found -> assertThat(found.column()).isEqualTo(script.indexOf("${") + 1));
    }

    @Test
    void ofCommandsOfPsqlAreRefused() {
        assertThat(problems("SELECT 1 ${psql}"))
                .singleElement()
                .asString()
                .contains("the value of ${psql} cannot stand by itself: \\gexec is a command of psql");
    }

    @Test
    void mayHoldCommentsThatEndInThem() {
        assertThat(sent("SELECT ${comments}+ 1; SELECT 2")).containsExactly("SELECT 1 -- one\n+ 1", "SELECT 2");
    }

    @Test
    void tellByTheirValuesWhatAStatementMeans() {
        ScriptOutline outline = scan("CREATE INDEX ${concurrently} i ON x (y);\n${begin};\nSELECT 1;\nCOMMIT;");

        assertThat(outline.problems()).isEmpty();
        assertThat(outline.segments())
                .containsExactly(
                        new Segment(1, 1, Mode.NONE, null, false),
                        new Segment(2, 2, Mode.TRANSACTION, "BEGIN ISOLATION LEVEL SERIALIZABLE", false));
        // a keyword that only stands beside a placeholder is a part of a name
        assertThat(scan("CREATE INDEX ${t}concurrently ON x (y); CREATE INDEX concurrently${t} ON x (y)")
                        .segments())
                .containsExactly(new Segment(1, 2, Mode.TRANSACTION, null, false));
    }

    @Test
    void keepTheStringsBackslashesInMind() {
        assertThat(problems("SET standard_conforming_strings = off; SELECT '${backslash}'"))
                .singleElement()
                .asString()
                .contains("holds a quote or a backslash");
    }

    @Test
    void areOffAndOnByDirective() {
        Placeholders off = VALUES.replacing(Replacing.OFF);
        Placeholders bodies = VALUES.replacing(Replacing.BODIES);

        assertThat(sent("-- migrator: placeholders=off\nSELECT '${t}', '${nobody}', '$${t}'"))
                .containsExactly("SELECT '${t}', '${nobody}', '$${t}'");
        assertThat(sent("SELECT '${t}'", off)).containsExactly("SELECT '${t}'");
        assertThat(sent("-- migrator: placeholders=on\nSELECT '${t}'", off)).containsExactly("SELECT 'author'");
        assertThat(sent("-- migrator: placeholders=on\nSELECT $$ ${t} $$", bodies))
                .containsExactly("SELECT $$ author $$");
    }

    @Test
    void leaveTheServersPositionsInTheScript() {
        Statement statement = read("SELECT 'ä${utf}', 1,\n  ${several},\n  x, ${t}, y", VALUES)
                .get(0);
        assertThat(statement.text()).isEqualTo("SELECT 'ä日本🙂', 1,\n  id int, name text,\n  x, author, y");
        assertThat(statement.source()).isEqualTo("SELECT 'ä${utf}', 1,\n  ${several},\n  x, ${t}, y");

        assertPosition(statement, "SELECT", 1, 1);
        assertPosition(statement, "本", 1, 10);
        assertPosition(statement, "'", 1, 8);
        assertPosition(statement, ", 1", 1, 17);
        assertPosition(statement, "id int", 2, 3);
        assertPosition(statement, "name text", 2, 3);
        assertPosition(statement, "x,", 3, 3);
        assertPosition(statement, "author", 3, 6);
        assertPosition(statement, ", y", 3, 10);
        assertThat(statement.excerpt(index(statement, "name text"))).isEqualTo("  ${several},\n  ^");
    }

    @Test
    void leaveTheChecksumRawAndGiveAnotherOfTheReplacedText() throws IOException {
        String script = "CREATE VIEW v AS SELECT '${t}', '$${t}', ${migrator:user}, /* ${t} */ ${nobody};\r\n";
        ScriptOutline outline = new ScriptScanner("v.sql", Scripts.stream(script), VALUES, Directives.NONE)
                .summingReplaced()
                .outline();

        assertThat(outline.checksum()).isEqualTo(Checksum.of(script));
        assertThat(outline.replacedChecksum())
                .isEqualTo(Checksum.of(
                        "CREATE VIEW v AS SELECT 'author', '${t}', ${migrator:user}, /* ${t} */ ${nobody};\n"));
        assertThat(scan(script).replacedChecksum()).isEqualTo(Checksum.of(script));
    }

    @Test
    void needNamesAndValuesThatCanBeUsed() {
        for (String name : List.of("", "a b", "1a", "migrator:schema", "ä", "-a", "a}")) {
            assertThatThrownBy(() -> Placeholders.of(Map.of(name, "x"), Replacing.ON))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "'" + name + "' is no name for a placeholder. A name is letters, digits, underscores, dots"
                                    + " and hyphens, and begins with a letter or an underscore.");
        }
        assertThatThrownBy(() -> Placeholders.of(Map.of("a", "x", "A", "y"), Replacing.ON))
                .hasMessageEndingWith(" is given twice: upper and lower case are the same in its name.");
        assertThatThrownBy(() -> Placeholders.of(Map.of("a", "x\0"), Replacing.ON))
                .hasMessage("The placeholder 'a' has a value that cannot be put into SQL: it holds a NUL.");
        Map<String, String> withNull = new HashMap<>();
        withNull.put("a", null);
        assertThatThrownBy(() -> Placeholders.of(withNull, Replacing.ON))
                .hasMessage("The placeholder 'a' has a value that cannot be put into SQL: null.");
    }

    private static void assertPosition(Statement statement, String sent, int line, int column) {
        Position position = statement.positionAt(index(statement, sent));
        assertThat(position.line() + ":" + position.column()).as(sent).isEqualTo(line + ":" + column);
    }

    /** As the server counts. */
    private static int index(Statement statement, String sent) {
        return statement.text().codePointCount(0, statement.text().indexOf(sent)) + 1;
    }

    private static List<String> sent(String script) {
        return sent(script, VALUES);
    }

    private static List<String> sent(String script, Placeholders placeholders) {
        return read(script, placeholders).stream().map(Statement::text).toList();
    }

    private static List<Statement> read(String script, Placeholders placeholders) {
        return Scripts.read(Scripts.stream(script), placeholders, ScriptInput.BUFFER_SIZE);
    }

    private static List<String> problems(String script) {
        return problems(script, VALUES);
    }

    private static List<String> problems(String script, Placeholders placeholders) {
        return scan(script, placeholders).problems().stream()
                .map(problem -> problem.getMessage().lines().findFirst().orElseThrow())
                .toList();
    }

    /** Also where the script cannot be read because the value is left out. */
    private static List<ScriptException> allProblems(String script) {
        try {
            return scan(script).problems();
        } catch (ScriptException e) {
            try {
                sent(script);
                throw e;
            } catch (ScriptException refused) {
                return List.of(refused);
            }
        }
    }

    private static ScriptOutline scan(String script) {
        return scan(script, VALUES);
    }

    private static ScriptOutline scan(String script, Placeholders placeholders) {
        try {
            return new ScriptScanner("test.sql", Scripts.stream(script), placeholders, Directives.NONE).outline();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
