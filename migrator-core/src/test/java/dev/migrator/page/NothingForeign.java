package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** That a page runs nothing but its one script, has nothing but its one style, and loads nothing. */
final class NothingForeign {

    private NothingForeign() {}

    static void check(Document page) {
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("link, img, iframe, object, embed, audio, video, base, image"))
                .isEmpty();
        assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import");
        assertThat(page.expectFirst("script").data()).doesNotContain("http:", "https:", "innerHTML", "eval(");
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertThat(attribute.getKey())
                        .as(element.cssSelector())
                        .doesNotStartWith("on")
                        .isNotIn("style", "src", "srcset", "action", "formaction", "srcdoc", "ping", "background");
                if (attribute.getKey().endsWith("href")) {
                    assertThat(attribute.getValue()).matches("#.+|(\\.\\./)*migrations(/.*)?");
                }
            }
        }
    }
}
