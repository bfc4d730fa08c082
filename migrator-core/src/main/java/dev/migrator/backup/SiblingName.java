package dev.migrator.backup;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Names for databases that stand beside another one: {@code shop_restoring_20261121155600}. */
enum SiblingName {
    /** One that a dump is being restored into, until it takes the name. */
    RESTORING("_restoring_"),
    /** One that a dump is tried out in. */
    VERIFYING("_verifying_"),
    /** The one that had the name before. */
    BEFORE_RESTORE("_before_restore_");

    /** NAMEDATALEN - 1: the server would cut off the rest. */
    private static final int MAX_BYTES = 63;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private static final int TIME_LENGTH = 14;

    private final String word;

    SiblingName(String word) {
        this.word = word;
    }

    /** The name for this moment, or for the next second in which it is free. */
    String free(Connection connection, String database, Instant at) throws SQLException {
        Instant moment = at;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT FROM pg_catalog.pg_database WHERE datname = ?")) {
            while (true) {
                String name = of(database, moment);
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return name;
                    }
                }
                moment = moment.plusSeconds(1);
            }
        }
    }

    String of(String database, Instant at) {
        return beginning(database) + TIME.format(at);
    }

    /** Matches the names that {@link #of} gives. */
    Pattern pattern(String database) {
        return Pattern.compile(Pattern.quote(beginning(database)) + "\\d{" + TIME_LENGTH + "}");
    }

    private String beginning(String database) {
        int room = MAX_BYTES - word.length() - TIME_LENGTH;
        StringBuilder cut = new StringBuilder();
        int bytes = 0;
        for (int codePoint : database.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > room) {
                break;
            }
            cut.append(character);
        }
        return cut + word;
    }
}
