package dev.migrator.backup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code pg_dump --version} says: {@code pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)}. */
record ClientVersion(int major, String text) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /** Null if that is no version. */
    static @Nullable ClientVersion parse(String answer) {
        Matcher matcher = VERSION.matcher(answer);
        return matcher.find() ? new ClientVersion(Integer.parseInt(matcher.group(2)), matcher.group(1)) : null;
    }
}
