package dev.migrator.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The keywords by which statements are told apart; {@link #OTHER} is every other token. */
enum Word {
    OTHER,
    ABORT,
    ADD,
    ALL,
    ALTER,
    AND,
    AS,
    ATOMIC,
    BEGIN,
    CASE,
    CHAIN,
    CLUSTER,
    COMMIT,
    CONCURRENTLY,
    CONNECT,
    COPY,
    CREATE,
    CREATE_SLOT,
    DATABASE,
    DETACH,
    DISCARD,
    DOT,
    DROP,
    END,
    FAILOVER,
    FALSE,
    FROM,
    FUNCTION,
    INDEX,
    OFF,
    ON,
    OR,
    PARTITION,
    PREPARE,
    PREPARED,
    PROCEDURE,
    PUBLICATION,
    REFRESH,
    REINDEX,
    REPLACE,
    RESET,
    ROLLBACK,
    SCHEMA,
    SET,
    STANDARD_CONFORMING_STRINGS,
    START,
    STDIN,
    SUBSCRIPTION,
    SYSTEM,
    TABLE,
    TABLESPACE,
    TO,
    TRANSACTION,
    TRUE,
    TWO_PHASE,
    TYPE,
    UNIQUE,
    VACUUM,
    VALUE,
    VERBOSE;

    private static final int SLOTS = 256;
    private static final Word[] TABLE_OF_WORDS = table();

    private final byte[] letters = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);

    /** The keyword in these bytes, in either case. Without allocation: this is asked for every word that may matter. */
    static Word find(byte[] buffer, int from, int to) {
        if (from == to) {
            return OTHER;
        }
        int slot = slot(lower(buffer[from]), lower(buffer[to - 1]), to - from);
        while (TABLE_OF_WORDS[slot] != OTHER) {
            if (TABLE_OF_WORDS[slot].matches(buffer, from, to)) {
                return TABLE_OF_WORDS[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return OTHER;
    }

    private boolean matches(byte[] buffer, int from, int to) {
        if (to - from != letters.length) {
            return false;
        }
        for (int i = 0; i < letters.length; i++) {
            if (lower(buffer[from + i]) != letters[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    private static int slot(int first, int last, int length) {
        return (first * 7 + last * 31 + length * 13) & (SLOTS - 1);
    }

    private static Word[] table() {
        Word[] table = new Word[SLOTS];
        Arrays.fill(table, OTHER);
        for (Word word : values()) {
            if (word != OTHER) {
                byte[] letters = word.letters;
                int slot = slot(letters[0], letters[letters.length - 1], letters.length);
                while (table[slot] != OTHER) {
                    slot = (slot + 1) % SLOTS;
                }
                table[slot] = word;
            }
        }
        return table;
    }
}
