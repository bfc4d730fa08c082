package dev.migrator.migration;

import org.jspecify.annotations.Nullable;

/** When a callback runs. */
public enum CallbackEvent {
    /** Before the first migration of a run that has something to run. */
    BEFORE_MIGRATE("beforeMigrate"),
    /** Before each migration; in its transaction, where it is one. */
    BEFORE_EACH_MIGRATE("beforeEachMigrate"),
    /** Behind each migration; in its transaction, where it is one. */
    AFTER_EACH_MIGRATE("afterEachMigrate"),
    /** Behind the last migration of a run. */
    AFTER_MIGRATE("afterMigrate"),
    /** After a migration, or another callback, has failed. */
    AFTER_MIGRATE_ERROR("afterMigrateError");

    private final String word;

    CallbackEvent(String word) {
        this.word = word;
    }

    /** As the names of its scripts begin: {@code beforeMigrate}. */
    public String word() {
        return word;
    }

    /** Whether it belongs to one migration, not to the whole run. */
    public boolean isOfEach() {
        return this == BEFORE_EACH_MIGRATE || this == AFTER_EACH_MIGRATE;
    }

    static @Nullable CallbackEvent of(String word) {
        for (CallbackEvent event : values()) {
            if (event.word.equals(word)) {
                return event;
            }
        }
        return null;
    }
}
