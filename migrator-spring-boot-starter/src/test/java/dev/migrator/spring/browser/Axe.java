package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks for what keeps people from using a page, with the rules of axe-core: WCAG 2.2 A and AA, and good practice. */
final class Axe {

    private static final String SOURCE = source();

    private Axe() {}

    private static String source() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * That there are no violations: in light and dark, on a desk and on a phone, where nothing is wider than the window.
     *
     * @param what is looked at, for the failure's text
     * @param tolerated rules that are broken on purpose
     */
    static void assertAccessible(Visit visit, String what, String... tolerated) {
        for (Look look : List.of(Look.DESK, Look.DESK.dark(), Look.PHONE.dark(), Look.PHONE)) {
            visit.resize(look);
            visit.show(look.scheme());
            assertThat(violations(visit, tolerated))
                    .as("%s, %s, %d px wide", what, look.scheme(), look.width())
                    .isEmpty();
            visit.assertFits();
        }
        visit.resize(Look.DESK);
        visit.show(ColorScheme.LIGHT);
    }

    /** Each as its rule, what it says, and the first elements that break it. */
    @SuppressWarnings("unchecked")
    static List<String> violations(Visit visit, String... tolerated) {
        visit.page().evaluate("typeof axe === 'object' || (() => {" + SOURCE + "})() || true");
        return (List<String>) visit.page().evaluate("""
                async tolerated => (await axe.run(document, {
                    resultTypes: ['violations'],
                    rules: Object.fromEntries(tolerated.map(rule => [rule, { enabled: false }]))
                  })).violations.map(v =>
                    v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map(n =>
                        n.target.join(' ') + ' [' + n.html.slice(0, 160) + '] ' + n.failureSummary).join(' AND '))""", List.of(tolerated));
    }
}
