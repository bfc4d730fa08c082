package dev.migrator.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people, and an application's properties, write them: {@code 500MB}, {@code 1GB}, {@code 4096}; in bytes. */
final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);

    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

    private static final int BITS = 10;

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is no size; write one as 500MB or 1GB");
        }
        String unit = size.group(2) == null ? "B" : size.group(2).toUpperCase(Locale.ROOT);
        return Long.parseLong(size.group(1)) << BITS * UNITS.indexOf(unit);
    }
}
