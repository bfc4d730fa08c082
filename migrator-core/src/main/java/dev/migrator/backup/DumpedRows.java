package dev.migrator.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the rows in the text that {@code pg_restore --data-only} makes of a dump, as it streams by: a row of {@code COPY} is a line,
 * for line ends in values are escaped.
 */
final class DumpedRows {

    /** A name, or two, with whatever in double quotes; then the columns, if there are any. */
    private static final Pattern COPY = Pattern.compile(
            "COPY ((?:[^\" .]+|\"(?:[^\"]|\"\")+\")(?:\\.(?:[^\" .]+|\"(?:[^\"]|\"\")+\"))?) .*FROM stdin;");

    private static final int CHUNK = 1 << 16;

    /** Enough for 1,600 columns with the longest names. */
    private static final int MAX_LINE = 1 << 20;

    private final Map<String, Long> tables = new LinkedHashMap<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final DumpEncoding encoding = new DumpEncoding();
    private boolean inserts;
    private String copying = "";
    private long rows;
    private long length;
    private boolean mayEnd;

    void read(InputStream text) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int n = text.read(chunk); n >= 0; n = text.read(chunk)) {
            for (int i = 0; i < n; i++) {
                if (copying.isEmpty()) {
                    between(chunk[i]);
                } else {
                    within(chunk[i]);
                }
            }
        }
    }

    private void between(byte b) {
        if (b != '\n') {
            if (line.size() < MAX_LINE) {
                line.write(b);
            }
            return;
        }
        String text = encoding.decode(line.toString(StandardCharsets.ISO_8859_1));
        line.reset();
        if (text.startsWith("INSERT INTO ")) {
            // its values may have lines that look like anything
            inserts = true;
        }
        Matcher copy = COPY.matcher(text);
        if (!inserts && copy.matches()) {
            copying = copy.group(1);
            rows = 0;
            length = 0;
        }
    }

    private void within(byte b) {
        if (b != '\n') {
            mayEnd = length == 0 ? b == '\\' : mayEnd && length == 1 && b == '.';
            length++;
        } else if (mayEnd && length == 2) {
            tables.merge(copying, rows, Long::sum);
            copying = "";
        } else {
            rows++;
            length = 0;
            mayEnd = false;
        }
    }

    /** How many rows each table has, by its name as SQL has it. */
    Map<String, Long> tables() {
        return tables;
    }

    /** Whether there are INSERTs in it, which are not counted. */
    boolean hasInserts() {
        return inserts;
    }
}
