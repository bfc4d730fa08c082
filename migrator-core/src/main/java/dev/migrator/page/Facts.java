package dev.migrator.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A list of facts, in which those that are not known do not stand. */
final class Facts {

    private final Html html;

    private Facts(Html html) {
        this.html = html;
    }

    static Facts start(Html html, String classes) {
        html.start("dl").css(classes);
        return new Facts(html);
    }

    Facts fact(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : fact(name, () -> html.text(value));
    }

    Facts code(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : fact(name, () -> html.element("code", value));
    }

    Facts time(String name, @Nullable Instant at) {
        return at == null ? this : fact(name, () -> Moment.write(html, at));
    }

    Facts duration(String name, @Nullable Long ms) {
        return ms == null ? this : fact(name, Words.duration(ms));
    }

    Facts fact(String name, Runnable value) {
        html.start("div").element("dt", name).start("dd");
        value.run();
        html.end().end();
        return this;
    }

    void end() {
        html.end();
    }
}
