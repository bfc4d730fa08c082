package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

    @Test
    void escapesTextAndValues() {
        String html = new Html()
                .start("a")
                .with("title", "\"><script>'&")
                .text("</a><script>alert('1')&amp;")
                .end()
                .toString();

        assertThat(html)
                .isEqualTo("<a title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;/a&gt;&lt;script&gt;alert(&#39;1&#39;)"
                        + "&amp;amp;</a>");
    }

    @Test
    void leavesOutAttributesWithoutAValue() {
        assertThat(new Html()
                        .start("p")
                        .with("title", null)
                        .flag("hidden", true)
                        .flag("open", false)
                        .end()
                        .toString())
                .isEqualTo("<p hidden=\"\"></p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "onload", "style", "a b", "x\"", "x>"})
    void writesNoAttributeThatCouldRunOrStyle(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Html().start("p").with(name, "x"));
    }

    @Test
    void writesNoAttributeBehindTheContent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Html().start("p").text("x").with("title", "y"));
    }

    @Test
    void isNotDoneWhileSomethingIsOpen() {
        assertThatIllegalStateException().isThrownBy(() -> new Html().start("p").toString());
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u202E', '\u2066', '\u2028', '\u200B', '\u0007', '\u0000', '\u009B', '\uFEFF', '\uD800'})
    void showsCharactersThatWouldDeceive(char c) {
        String html = new Html().element("b", "a" + c + "b").toString();

        assertThat(html).isEqualTo("<b>a⟨" + String.format("U+%04X", (int) c) + "⟩b</b>");
    }

    @Test
    void leavesOrdinaryCharactersOfAllLanguagesAlone() {
        String text = "Größe שלום 日本語 👩‍💻\tx\n";

        assertThat(new Html().element("b", text).toString()).isEqualTo("<b>" + text + "</b>");
    }
}
