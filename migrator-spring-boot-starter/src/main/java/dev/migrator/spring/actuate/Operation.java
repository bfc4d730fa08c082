package dev.migrator.spring.actuate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be done over the endpoint. */
enum Operation {
    /** Runs what is pending. */
    MIGRATE,
    /** Looks for what would keep a run from it. */
    VALIDATE,
    /** Runs again what has failed, or was interrupted, and all that is pending behind it. */
    RETRY,
    /** Stops the run that is under way. */
    CANCEL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the audit calls it. */
    String auditType() {
        return "MIGRATIONS_" + name();
    }

    /** The one of that name, or null. */
    static @Nullable Operation of(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    static String words() {
        return Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));
    }
}
