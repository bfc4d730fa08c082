package dev.migrator.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code pg_restore --list} prints: a head of comments, then a line for each entry. */
final class DumpListing {

    private static final Pattern CREATED = Pattern.compile("; Archive created at (\\S+ \\S+)( .*)?");

    private static final Pattern HEAD = Pattern.compile("; {5}([A-Za-z_ ]+): (.*)");

    /** Number in the dump; {@code oid} of the catalog and of the object in it; the kind, and what it is called. */
    private static final Pattern ENTRY = Pattern.compile("\\d+; (\\d+) (\\d+) (.*)");

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final String PG_CLASS = "1259";

    private static final String NONE = "0";

    private final Map<String, String> head = new HashMap<>();
    private final List<DumpedTable> tables = new ArrayList<>();
    private String created = "";
    private int entries;

    void read(InputStream output) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(";")) {
                comment(line);
            } else {
                entry(line);
            }
        }
    }

    private void comment(String line) {
        Matcher moment = CREATED.matcher(line);
        Matcher field = HEAD.matcher(line);
        if (moment.matches()) {
            created = moment.group(1);
        } else if (field.matches()) {
            head.putIfAbsent(field.group(1), field.group(2));
        }
    }

    private void entry(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            return;
        }
        entries++;
        String catalog = entry.group(1);
        String what = entry.group(3);
        // the catalog tells a table of a schema called DATA or ATTACH from the rows and the attaching of another
        if (catalog.equals(PG_CLASS)) {
            add(entry.group(2), what, "TABLE ", DumpedTable.Kind.TABLE);
            add(entry.group(2), what, "FOREIGN TABLE ", DumpedTable.Kind.FOREIGN_TABLE);
        } else if (catalog.equals(NONE)) {
            add(entry.group(2), what, "TABLE DATA ", DumpedTable.Kind.DATA);
        }
    }

    private void add(String oid, String what, String prefix, DumpedTable.Kind kind) {
        if (what.startsWith(prefix)) {
            tables.add(new DumpedTable(Long.parseLong(oid), what.substring(prefix.length()), kind));
        }
    }

    /**
     * What was read.
     *
     * @throws BackupException if it is not of a form that can be restored here, or is no list at all
     */
    DumpContents contents(Path file) throws BackupException {
        return new DumpContents(
                format(file),
                head.getOrDefault("dbname", ""),
                createdAt(file),
                version("Dumped from database version"),
                version("Dumped by pg_dump version"),
                entries,
                tables);
    }

    private BackupFormat format(Path file) throws BackupException {
        String format = head.getOrDefault("Format", "unknown");
        return switch (format) {
            case "CUSTOM" -> BackupFormat.CUSTOM;
            case "DIRECTORY" -> BackupFormat.DIRECTORY;
            default ->
                throw BackupException.notPossible(
                        file + " is a dump in a format that is not supported: " + format,
                        "Use pg_restore itself, or a dump in custom or directory format.");
        };
    }

    private Instant createdAt(Path file) throws BackupException {
        try {
            return LocalDateTime.parse(created, MOMENT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw BackupException.failed(
                    "pg_restore does not say when " + file + " was made", "Look at pg_restore --list " + file, e);
        }
    }

    /** Without the packager's words behind it. */
    private String version(String field) {
        String version = head.getOrDefault(field, "");
        int space = version.indexOf(' ');
        return space < 0 ? version : version.substring(0, space);
    }
}
