package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/** Tells the statements that set something for the rest of their session, with which it is gone. */
public final class SessionSetting {

    private SessionSetting() {}

    /** Whether the statement is a {@code SET}, {@code RESET} or {@code SELECT set_config(…)} that outlasts its transaction. */
    public static boolean isOne(String statement) {
        StatementWords words = new StatementWords(statement);
        if (words.skipped("set")) {
            return !words.skipped("local") && !words.skipped("transaction") && !words.skipped("constraints");
        }
        return words.skipped("reset") || words.skipped("select") && isSetConfig(words.name());
    }

    private static boolean isSetConfig(@Nullable String function) {
        return "set_config".equalsIgnoreCase(function) || "pg_catalog.set_config".equalsIgnoreCase(function);
    }
}
