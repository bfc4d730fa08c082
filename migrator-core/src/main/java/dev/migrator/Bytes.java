package dev.migrator;

import java.util.Locale;

/** An amount of bytes as people say it: {@code 12.3 MB}. */
final class Bytes {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private static final double STEP = 1024;

    private Bytes() {}

    static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + " bytes";
        }
        double amount = bytes / STEP;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
