package dev.migrator.cli;

import org.jspecify.annotations.Nullable;

/** A terminal with a person before it. */
interface Terminal {

    /** How wide a terminal is that does not say it. */
    int USUAL_WIDTH = 80;

    /** Asks for a password without showing it; null if none is given. */
    @Nullable
    String readPassword(String prompt);

    /** Asks for a line, which is shown while it is typed; null if the input has ended. */
    @Nullable
    String readLine(String prompt);

    /** How many characters a line has. */
    default int width() {
        return USUAL_WIDTH;
    }
}
