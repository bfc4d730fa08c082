package dev.migrator.spring.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.Map;

/**
 * How somebody looks at a page.
 *
 * @param width of the window, in CSS pixels
 * @param height of the window, in CSS pixels
 * @param script whether the browser runs scripts
 * @param policy the Content-Security-Policy that the server adds for this window ({@link AskedPolicy}), or empty
 */
record Look(int width, int height, ColorScheme scheme, boolean script, String policy) {

    static final Look DESK = new Look(1280, 800, ColorScheme.LIGHT, true, "");
    static final Look PHONE = new Look(360, 740, ColorScheme.LIGHT, true, "");

    Look dark() {
        return new Look(width, height, ColorScheme.DARK, script, policy);
    }

    Look withoutScript() {
        return new Look(width, height, scheme, false, policy);
    }

    Look under(String newPolicy) {
        return new Look(width, height, scheme, script, newPolicy);
    }

    NewContextOptions options() {
        NewContextOptions options = new NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(script)
                .setLocale("en-GB")
                .setTimezoneId("UTC");
        return policy.isEmpty() ? options : options.setExtraHTTPHeaders(Map.of(AskedPolicy.HEADER, policy));
    }
}
