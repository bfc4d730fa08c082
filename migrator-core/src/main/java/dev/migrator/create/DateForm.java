package dev.migrator.create;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms in which a name begins with a date; the date stands before an underscore and the words. */
enum DateForm {
    DAY("(\\d{4}_\\d{2}_\\d{2})_.+", "yyyy_MM_dd"),
    SECOND("(\\d{4}-\\d{2}-\\d{2}-\\d{6})_.+", "yyyy-MM-dd-HHmmss"),
    NUMBERED_SECOND("(\\d{4}-\\d{2}-\\d{2}-\\d{6}-\\d{4})_.+", "yyyy-MM-dd-HHmmss-'0000'");

    private final Pattern pattern;
    private final DateTimeFormatter formatter;

    DateForm(String pattern, String format) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        this.formatter = DateTimeFormatter.ofPattern(format, Locale.ROOT);
    }

    /** The form of this stem, or null if it does not begin with a date. */
    static @Nullable DateForm of(String stem) {
        for (DateForm form : values()) {
            if (form.pattern.matcher(stem).matches()) {
                return form;
            }
        }
        return null;
    }

    /** The date at the beginning of a stem of this form. */
    String version(String stem) {
        Matcher matcher = pattern.matcher(stem);
        return matcher.matches() ? matcher.group(1) : "";
    }

    String format(LocalDateTime time) {
        return formatter.format(time);
    }

    /** The time that such a version stands for, to the second; null if there is no such day. */
    static @Nullable LocalDateTime time(String version) {
        String digits = version.replaceAll("[-_]", "");
        try {
            LocalDate day = LocalDate.of(number(digits, 0, 4), number(digits, 4, 6), number(digits, 6, 8));
            return digits.length() < 14
                    ? day.atStartOfDay()
                    : day.atTime(LocalTime.of(number(digits, 8, 10), number(digits, 10, 12), number(digits, 12, 14)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }
}
