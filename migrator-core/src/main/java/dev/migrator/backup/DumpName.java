package dev.migrator.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a dump: {@code <database>-<occasion>-<yyyyMMdd-HHmmss>.dump}, in UTC, with {@code -2} and so on behind the moment
 * where one is taken already.
 *
 * <p>Two databases never share names, and it can be told whose a file is: a database's name that could not stand in a file's
 * name, that differs from another only by upper and lower case, or that holds the first word of an occasion, is replaced by what
 * of it can be read, a dot, and a checksum.
 *
 * @param occasion begins with {@code before-} or {@code by-}
 * @param number from 1
 */
record DumpName(String database, String occasion, Instant at, int number) {

    private static final String SUFFIX = ".dump";

    private static final String UNFINISHED = ".part";

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]+(-[a-z0-9_]+)*");

    /** By which the database's part ends. */
    private static final Pattern OCCASION_BEGINS = Pattern.compile("-(before|by)(-|$)");

    private static final Pattern REST =
            Pattern.compile("-((?:before|by)-[A-Za-z0-9._-]+)-(\\d{8}-\\d{6})(?:-(\\d{1,4}))?\\.dump");

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    private static final int READABLE = 40;

    private static final int CHECKSUM_BYTES = 8;

    private static final int OCCASION = 80;

    /** The first name for what is asked for. */
    static DumpName of(BackupRequest request) {
        return new DumpName(request.database(), occasion(request.occasion()), request.at(), 1);
    }

    DumpName next() {
        return new DumpName(database, occasion, at, number + 1);
    }

    /** Reads a file's name; null if it is not that of one of this database's dumps. */
    static @Nullable DumpName parse(String database, String file) {
        String begin = begin(database);
        if (!file.startsWith(begin)) {
            return null;
        }
        Matcher rest = REST.matcher(file.substring(begin.length()));
        if (!rest.matches()) {
            return null;
        }
        try {
            return new DumpName(
                    database,
                    rest.group(1),
                    LocalDateTime.parse(rest.group(2), MOMENT).toInstant(ZoneOffset.UTC),
                    rest.group(3) == null ? 1 : Integer.parseInt(rest.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The same for a dump that is not complete. */
    static @Nullable DumpName parseUnfinished(String database, String file) {
        return file.endsWith(UNFINISHED)
                ? parse(database, file.substring(0, file.length() - UNFINISHED.length()))
                : null;
    }

    String file() {
        return begin(database) + "-" + occasion + "-" + MOMENT.format(at.atOffset(ZoneOffset.UTC))
                + (number == 1 ? "" : "-" + number) + SUFFIX;
    }

    /** What it is called until it is complete. */
    String unfinishedFile() {
        return file() + UNFINISHED;
    }

    private static String begin(String database) {
        if (PLAIN.matcher(database).matches()
                && !OCCASION_BEGINS.matcher(database).find()) {
            return database;
        }
        String readable = database.replaceAll("[^A-Za-z0-9_]", "_");
        return readable.substring(0, Math.min(READABLE, readable.length())) + "." + checksum(database);
    }

    private static String occasion(String wanted) {
        String known = wanted.startsWith("before-") || wanted.startsWith("by-") ? wanted : "by-" + wanted;
        String safe = known.replaceAll("[^A-Za-z0-9._-]", "_");
        return safe.substring(0, Math.min(OCCASION, safe.length()));
    }

    private static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            // each Java platform has it
            throw new IllegalStateException(e);
        }
    }
}
