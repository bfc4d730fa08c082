package dev.migrator.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A point in time: in UTC, which the script turns into the reader's own. */
final class Moment {

    private Moment() {}

    static void write(Html html, Instant at) {
        html.start("time")
                .with("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .text(Words.utc(at))
                .end();
    }
}
