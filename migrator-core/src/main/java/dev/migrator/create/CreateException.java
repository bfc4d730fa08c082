package dev.migrator.create;

import org.jspecify.annotations.Nullable;

/** Why no migration was written. Unless {@link #description()} says otherwise, all files are as they were. */
public final class CreateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    CreateException(String description, String action, @Nullable Throwable cause) {
        super(description + "\n\nNext: " + action, cause);
        this.description = description;
        this.action = action;
    }

    CreateException(String description, String action) {
        this(description, action, null);
    }

    /** What happened, where and why. */
    public String description() {
        return description;
    }

    /** The next step to take. */
    public String action() {
        return action;
    }
}
