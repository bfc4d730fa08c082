package dev.migrator.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How much is logged: by default warnings that the command's own output does not show anyhow. */
record LogLevel(boolean verbose) {

    private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

    private static final List<String> ROOMS = List.of("history", "lock", "migration", "plan", "postgres", "run", "sql");

    /** Takes effect before the first logger is made. */
    void set() {
        property("showThreadName", "false");
        property("defaultLogLevel", verbose ? "debug" : "warn");
        if (!verbose) {
            // what the run's own log says, the command says too; its rooms have warnings of their own
            property("log.dev.migrator", "off");
            ROOMS.forEach(room -> property("log.dev.migrator." + room, "warn"));
            Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        }
    }

    private static void property(String name, String value) {
        System.setProperty(SIMPLE_LOGGER + name, value);
    }
}
