package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static List<String> tokens(String sql) {
        return Tokens.of(sql).stream()
                .map(token -> token.sort().name().charAt(0) + ":" + sql.substring(token.start(), token.end()))
                .toList();
    }

    @Test
    void tellsKeywordsStringsNumbersAndComments() {
        assertThat(tokens("select a1, 'it''s', 1.5e3 from \"from\" -- end"))
                .containsExactly("K:select", "S:'it'", "S:'s'", "N:1.5e3", "K:from", "C:-- end");
    }

    @Test
    void followsEscapesAndNestedComments() {
        assertThat(tokens("values (E'a\\'b', e'\\\\', name'x\\')/* a /* b */ c */, 2"))
                .containsExactly("K:values", "S:'a\\'b'", "S:'\\\\'", "S:'x\\'", "C:/* a /* b */ c */", "N:2");
    }

    @Test
    void coloursTheBodyOfAFunctionAndNotAQuotedText() {
        assertThat(tokens("do $a$ begin perform '$$'; end $a$; select $x$ begin $x$, a$b$c, $1"))
                .containsExactly(
                        "K:do",
                        "S:$a$",
                        "K:begin",
                        "K:perform",
                        "S:'$$'",
                        "K:end",
                        "S:$a$",
                        "K:select",
                        "S:$x$ begin $x$",
                        "N:1");
        assertThat(tokens("do language plpgsql $$ begin $$")).contains("K:begin");
    }

    @Test
    void leavesTheDataOfACopyAlone() {
        assertThat(tokens("copy a from stdin;\nselect 'x\n12\n\\.\nselect 1"))
                .containsExactly("K:copy", "K:from", "K:stdin", "K:select", "N:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "E'\\",
                "\"",
                "$$",
                "$a$ $",
                "/* /*",
                "--",
                "$",
                "1",
                "copy a from stdin;",
                "copy a from stdin;\n",
                "\\.",
                ""
            })
    void neverFailsAndKeepsTheOrder(String odd) {
        Stream.of(odd, "do " + odd, odd + odd, "as $b$" + odd + "$b$" + odd).forEach(sql -> {
            int at = 0;
            for (Token token : Tokens.of(sql)) {
                assertThat(token.start()).as(sql).isGreaterThanOrEqualTo(at);
                assertThat(token.end()).as(sql).isGreaterThan(token.start()).isLessThanOrEqualTo(sql.length());
                at = token.end();
            }
        });
    }
}
