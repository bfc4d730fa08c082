package dev.migrator.create;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of digits with dots or underscores between them, and those that may follow it. */
record NumberText(String text) {

    private static final Pattern DATE =
            Pattern.compile("((?:19|20|21)\\d\\d)([._])(\\d\\d?)\\2(\\d\\d?)(?:([._])(\\d+))?");

    private static final Pattern TIME =
            Pattern.compile("(?:19|20|21)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:\\d{4}(?:\\d\\d)?)?");

    private static final String TO_THE_SECOND = "yyyyMMddHHmmss";

    /** Versions above this one, the most natural first; some may turn out not to be above the highest. */
    List<String> successors(LocalDateTime now) {
        List<String> next = new ArrayList<>();
        Matcher date = DATE.matcher(text);
        if (TIME.matcher(text).matches()) {
            next.add(format(now, TO_THE_SECOND.substring(0, text.length())));
            if (text.length() < TO_THE_SECOND.length()) {
                next.add(second(now));
            }
        } else if (date.matches()) {
            addDays(date, now, next);
        }
        next.add(incremented());
        return next;
    }

    /** As 20261121143000. */
    static String second(LocalDateTime time) {
        return format(time, TO_THE_SECOND);
    }

    private static void addDays(Matcher date, LocalDateTime now, List<String> next) {
        String separator = date.group(2);
        boolean padded = date.group(3).length() == 2 && date.group(4).length() == 2;
        String day = format(now, padded ? "yyyy!MM!dd" : "yyyy!M!d").replace("!", separator);
        String count = date.group(6);
        if (count == null) {
            next.add(day);
            next.add(day + separator + "1");
        } else {
            next.add(day + date.group(5) + padded("1", count.length()));
        }
    }

    /** With its last part one higher, and as wide as it was. */
    private String incremented() {
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf('_')) + 1;
        String part = text.substring(last);
        return text.substring(0, last)
                + padded(new BigInteger(part).add(BigInteger.ONE).toString(), part.length());
    }

    /** As wide as the other one, if that shows by its zeros that this project counts so. */
    NumberText like(String other) {
        boolean single = text.indexOf('.') < 0 && text.indexOf('_') < 0;
        return single && other.startsWith("0") ? new NumberText(padded(text, other.length())) : this;
    }

    private static String padded(String digits, int width) {
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String format(LocalDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern.replace("!", "'!'"), Locale.ROOT)
                .format(time);
    }
}
