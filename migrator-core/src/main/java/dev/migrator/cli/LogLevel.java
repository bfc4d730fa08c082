package dev.migrator.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** How much is logged: by default warnings that the command's own output does not show anyhow. */
record LogLevel(boolean verbose) {

    private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

    /** Takes effect before the first logger is made. */
    void set() {
        property("showThreadName", "false");
        property("defaultLogLevel", verbose ? "debug" : "warn");
        if (!verbose) {
            property("log.dev.migrator.Migrator", "off");
            Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        }
    }

    private static void property(String name, String value) {
        System.setProperty(SIMPLE_LOGGER + name, value);
    }
}
