package dev.migrator.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, durations and times, for people. */
final class Words {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** As {@code 1,234}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** As {@code 1 row} or {@code 3 rows}. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** As {@code 12 ms}, {@code 4.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String duration(long ms) {
        if (ms < 1_000) {
            return Math.max(0, ms) + " ms";
        }
        if (ms < 10_000) {
            return ms / 1_000 + "." + ms % 1_000 / 100 + " s";
        }
        long seconds = ms / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min" + rest(seconds % 60, "s");
        }
        return number(seconds / 3_600) + " h" + rest(seconds % 3_600 / 60, "min");
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : " " + number + " " + unit;
    }

    /** As {@code 2026-11-21 09:49:25 UTC}. */
    static String utc(Instant at) {
        return UTC.format(at);
    }
}
