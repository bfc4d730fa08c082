package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is sent, as the browser's own parser reads it. */
@ExtendWith(InChromium.class)
class PageSourceTests {

    @TempDir
    Path folder;

    private static final String FINDINGS = """
            html => {
              const page = new DOMParser().parseFromString(html, 'text/html')
              const found = []
              for (const e of page.querySelectorAll('*')) {
                for (const a of e.attributes) {
                  const where = a.name + '="' + a.value.slice(0, 60) + '" in ' + e.tagName
                  if (a.name.startsWith('on')) found.push('a handler: ' + where)
                  if (a.name === 'style') found.push('a style: ' + where)
                  if (['src', 'srcset', 'data', 'poster', 'background'].includes(a.name)) found.push('a resource: ' + where)
                  if (['href', 'action', 'formaction', 'xlink:href'].includes(a.name)
                      && /^([a-z]+:|\\/\\/)/i.test(a.value.trim()) && e.tagName !== 'LINK') found.push('elsewhere: ' + where)
                  if (e.tagName === 'LINK' && a.name === 'href' && !a.value.startsWith('data:'))
                    found.push('a resource: ' + where)
                }
              }
              for (const e of page.querySelectorAll('iframe, object, embed, base, img, video, audio')) found.push(e.tagName)
              for (const e of page.querySelectorAll('style'))
                if (/@import|url\\(/i.test(e.textContent)) found.push('a resource in the style')
              const ids = [...page.querySelectorAll('[id]')].map(e => e.id)
              ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => found.push('twice: #' + id))
              return found
            }""";

    private static void assertPlain(Visit visit) {
        List<?> found = (List<?>) visit.page().evaluate(FINDINGS, visit.source());
        assertThat(found).as(visit.page().url()).isEmpty();
    }

    @Test
    void holdsNoHandlerNoStyleAttributeAndNothingFromElsewhere(Chromium chromium) throws Exception {
        try (Situation situation = Situations.hostile(folder);
                Visit visit = chromium.open(situation.page())) {
            assertPlain(visit);
            for (int version = 1; version <= 4; version++) {
                visit.go(situation.page(String.valueOf(version)));
                assertPlain(visit);
            }
        }
        try (Situation situation = Situations.blocked(folder, "night-report");
                Visit visit = chromium.open(situation.page())) {
            assertPlain(visit);
        }
    }
}
