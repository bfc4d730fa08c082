package dev.migrator.run;

import dev.migrator.sql.Quoting;
import java.util.regex.Pattern;

/**
 * The name that a session bears while it runs a migration, so that everybody who looks at {@code pg_stat_activity}, and an
 * instance that waits, sees which script runs, and where: {@code migrator: V12__add_index.sql (orders, pod-abc)}.
 */
record SessionName(String text) {

    /** PostgreSQL cuts what is longer ({@code NAMEDATALEN} - 1), in bytes. */
    private static final int MAX = 63;

    private static final Pattern OTHER = Pattern.compile("[^ -~]");

    private static final String PREFIX = "migrator: ";

    /** The script's name comes first, whatever else there is room for. */
    static SessionName of(String script, String application, String host) {
        String begin = PREFIX + ascii(script);
        String where = " (" + ascii(host) + ")";
        String whose = application.isEmpty() ? where : " (" + ascii(application) + ", " + ascii(host) + ")";
        if (begin.length() + whose.length() <= MAX) {
            return new SessionName(begin + whose);
        }
        if (begin.length() + where.length() <= MAX) {
            return new SessionName(begin + where);
        }
        return new SessionName(begin.substring(0, Math.min(begin.length(), MAX)));
    }

    /** PostgreSQL 16 writes four bytes in place of each one that is not printable ASCII, and older ones a question mark. */
    private static String ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return OTHER.matcher(text).replaceAll("?");
            }
        }
        return text;
    }

    /** For the current transaction. */
    String local() {
        return "SET LOCAL application_name = " + Quoting.literal(text);
    }

    /** Until another one is set. */
    String session() {
        return "SET SESSION application_name = " + Quoting.literal(text);
    }
}
