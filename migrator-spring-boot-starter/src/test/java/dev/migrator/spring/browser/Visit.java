package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One look at a page, which keeps account of what the page does: what it asks for, what it says, what fails in it. */
final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final String origin;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> wrongs = new CopyOnWriteArrayList<>();

    Visit(BrowserContext context, String url) {
        this.context = context;
        this.origin = origin(url);
        context.setDefaultTimeout(Chromium.PATIENCE);
        this.page = context.newPage();
        page.onRequest(request -> requests.add(request.method() + " " + request.url()));
        page.onDialog(dialog -> {
            wrongs.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> wrongs.add("an error in the script: " + error));
        page.onConsoleMessage(message -> {
            // the browser itself looks for an icon
            if (List.of("error", "warning").contains(message.type())
                    && !message.location().contains("/favicon.ico")) {
                wrongs.add("in the console: " + message.text() + " " + message.location());
            }
        });
        page.onPopup(popup -> wrongs.add("a window: " + popup.url()));
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority() + "/";
    }

    Response go(String url) {
        return page.navigate(url);
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** The table's row of a version. */
    Locator row(String version) {
        return page.locator("#migrations tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "th", new Page.LocatorOptions().setHasText(Pattern.compile("^" + version + "$")))));
    }

    String text(String selector) {
        return page.locator(selector).first().innerText();
    }

    /** The page as it was sent, before any script. */
    String source() {
        return page.request()
                .get(page.url(), RequestOptions.create().setHeader("Accept", "text/html"))
                .text();
    }

    /** All requests so far, as {@code GET http://…}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits while the page goes on. */
    void until(String what, BooleanSupplier condition) {
        try {
            page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(Chromium.PATIENCE));
        } catch (TimeoutError ex) {
            throw new AssertionError("Not in time: " + what, ex);
        }
    }

    void show(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    void resize(Look look) {
        page.setViewportSize(look.width(), look.height());
    }

    /** Marks the document, so that {@link #isTheSameDocument()} can tell a reload from an update. */
    void mark() {
        page.evaluate("() => { window.marked = true }");
    }

    boolean isTheSameDocument() {
        return Boolean.TRUE.equals(page.evaluate("() => window.marked === true"));
    }

    /** What has the focus, as its tag with id and classes, and its text's beginning. */
    String focused() {
        return (String) page.evaluate("""
                () => {
                  const e = document.activeElement
                  if (!e || e === document.body) return 'nothing'
                  return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
                      + (e.classList.length ? '.' + [...e.classList].join('.') : '')
                      + (e.name ? '[name=' + e.name + ']' : '')
                      + ' "' + (e.innerText || e.value || '').trim().slice(0, 40) + '"'
                }""");
    }

    /**
     * That the page asked nobody but its own server for anything, and nothing went wrong in it.
     *
     * @param expected what the browser's console may say
     */
    void assertSound(String... expected) {
        assertThat(Stream.concat(wrongs.stream(), requests.stream().filter(request -> !request.contains(" " + origin))))
                .as("what went wrong in the page")
                .filteredOn(wrong -> Stream.of(expected).noneMatch(wrong::contains))
                .isEmpty();
    }

    /** That nothing has to be scrolled sideways. */
    void assertFits() {
        Object wider = page.evaluate("""
                () => {
                  const width = document.documentElement.clientWidth
                  if (document.documentElement.scrollWidth <= width) return ''
                  const scrolls = e => { for (let p = e; p && p !== document.body; p = p.parentElement)
                      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return true
                      return false }
                  return document.documentElement.scrollWidth + ' px in ' + width + ': ' + [...document.body.querySelectorAll('*')]
                      .filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e)).slice(0, 5)
                      .map(e => e.outerHTML.slice(0, 120)).join(' | ')
                }""");
        assertThat(wider).as("wider than the window").isEqualTo("");
    }

    @Override
    public void close() {
        context.close();
    }
}
