package dev.migrator.postgres;

import dev.migrator.sql.Repertoire;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The encoding of a database ("Character Set Support" in PostgreSQL's manual). */
public final class ServerEncoding {

    private ServerEncoding() {}

    /** What the database can hold. The server has told the driver when it connected; nothing is sent. */
    public static Repertoire repertoire(Connection connection) throws SQLException {
        return repertoire(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"));
    }

    /**
     * What a database in that encoding can hold: all where the server converts nothing, and where the encoding is not known here
     * or was not told, as by some pooler.
     *
     * @param encoding PostgreSQL's name for it
     */
    static Repertoire repertoire(@Nullable String encoding) {
        if (encoding == null || encoding.equals("UTF8") || encoding.equals("SQL_ASCII")) {
            return Repertoire.ALL;
        }
        String charset = charset(encoding);
        return Charset.isSupported(charset) ? Repertoire.of(Charset.forName(charset)) : Repertoire.ALL;
    }

    /** Java's name for it. The driver's own list lacks some, WIN1252 among them. */
    private static String charset(String encoding) {
        return switch (encoding) {
            case "LATIN1", "LATIN2", "LATIN3", "LATIN4" -> "ISO-8859-" + encoding.substring("LATIN".length());
            case "LATIN5" -> "ISO-8859-9";
            case "LATIN7" -> "ISO-8859-13";
            case "LATIN9" -> "ISO-8859-15";
            case "LATIN10" -> "ISO-8859-16";
            case "WIN866" -> "IBM866";
            case "WIN874" -> "x-windows-874";
            case "KOI8R" -> "KOI8-R";
            case "KOI8U" -> "KOI8-U";
            default -> encoding.startsWith("WIN") ? "windows-" + encoding.substring(3) : encoding.replace('_', '-');
        };
    }
}
