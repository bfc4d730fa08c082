package dev.migrator.spring.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's Chromium, without a screen. It reaches nothing but this machine. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser");

    /** How long a page may take on a busy machine, in milliseconds. */
    static final int PATIENCE = 20_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Where it is installed, if it is. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path executable) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        try {
            return new Chromium(playwright, playwright.chromium().launch(options(executable)));
        } catch (RuntimeException ex) {
            playwright.close();
            throw ex;
        }
    }

    private static LaunchOptions options(Path executable) {
        return new LaunchOptions()
                .setExecutablePath(executable)
                // root has no other way, and the pages are our own
                .setChromiumSandbox(false)
                .setArgs(List.of("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"));
    }

    /** A window with a profile of its own. */
    Visit open(String url, Look look) {
        BrowserContext context = browser.newContext(look.options());
        Visit visit = new Visit(context, url);
        try {
            visit.go(url);
            return visit;
        } catch (RuntimeException | Error ex) {
            visit.close();
            throw ex;
        }
    }

    Visit open(String url) {
        return open(url, Look.DESK);
    }

    @Override
    public void close() {
        try {
            browser.close();
        } finally {
            playwright.close();
        }
    }
}
