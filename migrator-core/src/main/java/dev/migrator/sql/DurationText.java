package dev.migrator.sql;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 0}, or ISO-8601's {@code PT2S}. */
final class DurationText {

    /** PostgreSQL's time limits are milliseconds in an int. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private DurationText() {}

    /** The duration, or null if the text is none, is negative, or is longer than a time limit can be (24 days). */
    static @Nullable Duration parse(String text) {
        try {
            Duration duration = text.startsWith("P") ? Duration.parse(text) : simple(text);
            return duration.isNegative() || duration.compareTo(LONGEST) > 0 ? null : duration;
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Duration simple(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        int digits = 0;
        while (digits < text.length() && Stops.isDigit(text.charAt(digits))) {
            digits++;
        }
        return Duration.of(Long.parseLong(text.substring(0, digits)), unit(text.substring(digits)));
    }

    private static ChronoUnit unit(String text) {
        return switch (text) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> throw new NumberFormatException(text);
        };
    }
}
