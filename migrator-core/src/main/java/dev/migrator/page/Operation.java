package dev.migrator.page;

import java.util.Locale;

/** What a reader of the page may be allowed to start. */
public enum Operation {
    MIGRATE("Migrate now", "Run what is pending"),
    VALIDATE("Validate", "Look for everything that would keep a run from working"),
    RETRY("Retry", "Run the failed migration again, and what comes after it"),
    CANCEL("Cancel the run", "Stop the run: its open transaction is rolled back, and what was committed stays");

    private final String label;
    private final String question;

    Operation(String label, String question) {
        this.label = label;
        this.question = question;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String label() {
        return label;
    }

    String question(String migrator) {
        return question + " (" + migrator + ")?";
    }

    boolean applies(ShownMigrator migrator) {
        return switch (this) {
            case CANCEL -> migrator.isRunning();
            case VALIDATE -> !migrator.isRunning();
            case RETRY -> migrator.state().equals("failed");
            case MIGRATE -> !migrator.isRunning() && migrator.status().pending() > 0;
        };
    }
}
