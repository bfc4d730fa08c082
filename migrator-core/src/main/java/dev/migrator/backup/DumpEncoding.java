package dev.migrator.backup;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encoding of the text that {@code pg_dump} or {@code pg_restore} writes, which one of its first lines names. */
final class DumpEncoding {

    private static final Pattern SET = Pattern.compile("SET client_encoding = '(\\w+)';");

    /** By PostgreSQL's names ("Character Set Support" in the manual), where Java has others. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("EUC_JIS_2004", "EUC-JP"),
            Map.entry("EUC_TW", "x-EUC-TW"),
            Map.entry("JOHAB", "x-Johab"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("UHC", "x-windows-949"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"));

    private Charset charset = StandardCharsets.UTF_8;

    /**
     * Decodes a line, and learns from it how those are to be read that follow.
     *
     * @param line its bytes, each as a character
     */
    String decode(String line) {
        Matcher set = SET.matcher(line);
        if (set.matches()) {
            charset = charset(set.group(1));
        }
        return new String(line.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    /** SQL_ASCII is whatever one likes, and what the driver takes for UTF-8. */
    private static Charset charset(String name) {
        String known = NAMES.getOrDefault(
                name, name.replace("ISO_8859_", "ISO-8859-").replaceFirst("^WIN(?=\\d)", "windows-"));
        return Charset.isSupported(known) ? Charset.forName(known) : StandardCharsets.UTF_8;
    }
}
