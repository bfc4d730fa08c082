package dev.migrator.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells the statements behind which a name may mean another table than before, or a table may show other rows. */
public final class NameChange {

    /** What is set by these words decides where names are found, or who looks. */
    private static final Set<String> SETTINGS =
            Set.of("search_path", "schema", "role", "authorization", "session_authorization");

    /** By what the objects begin whose names find rows: of tables, of what stands for tables, and of schemas. */
    private static final List<String> RELATIONS = List.of("table", "view", "materialized", "foreign", "schema");

    private NameChange() {}

    /** Whether a setting does it, which ends with the script. */
    public static boolean untilTheEnd(String statement) {
        StatementWords words = new StatementWords(statement);
        if (words.skipped("set")) {
            return isSuch(words);
        }
        if (words.skipped("reset")) {
            return words.skipped("all") || isSuch(words);
        }
        return words.skipped("discard")
                ? words.skipped("all")
                : words.skipped("select") && words.skippedBehind("set_config");
    }

    /** Whether something gets another name or schema, or a part of it does. */
    public static boolean forGood(String statement) {
        StatementWords words = new StatementWords(statement);
        return words.skipped("alter")
                && RELATIONS.stream().anyMatch(words::skipped)
                && (isRenamed(statement) || isMoved(statement));
    }

    private static boolean isRenamed(String statement) {
        return new StatementWords(statement).skippedBehind("rename");
    }

    private static boolean isMoved(String statement) {
        StatementWords words = new StatementWords(statement);
        while (words.skippedBehind("set")) {
            if (words.skipped("schema")) {
                return true;
            }
        }
        return false;
    }

    /** A name that is not understood may be one. */
    private static boolean isSuch(StatementWords words) {
        List.of("local", "session").forEach(words::skipped);
        String name = words.identifier();
        return name == null || SETTINGS.contains(name.toLowerCase(Locale.ROOT));
    }
}
