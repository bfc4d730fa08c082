package dev.migrator.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** How old something may get: days, {@code 30d}, or a {@linkplain DurationConverter duration}. */
final class AgeConverter implements ITypeConverter<Duration> {

    private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d");

    @Override
    public Duration convert(String text) {
        Matcher days = DAYS.matcher(text);
        return days.matches() ? Duration.ofDays(Long.parseLong(days.group(1))) : new DurationConverter().convert(text);
    }
}
