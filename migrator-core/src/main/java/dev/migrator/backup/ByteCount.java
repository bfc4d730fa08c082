package dev.migrator.backup;

import java.util.Locale;

/** A number of bytes as people say it: {@code 12.3 MB}. */
public final class ByteCount {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private static final int STEP = 1024;

    private static final int THREE_DIGITS = 100;

    private ByteCount() {}

    /** With a unit of which there are not too many. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(
                Locale.ROOT, unit == 0 || value >= THREE_DIGITS ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
