package dev.migrator.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            said().forEach((logger, level) -> property("log." + logger, level));
            Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        }
    }

    /** What the run's own log says, a command says too; its rooms have warnings of their own. */
    static Map<String, String> said() {
        Map<String, String> levels = new LinkedHashMap<>();
        levels.put("dev.migrator", "off");
        ROOMS.forEach(room -> levels.put("dev.migrator." + room, "warn"));
        return levels;
    }

    private static void property(String name, String value) {
        System.setProperty(SIMPLE_LOGGER + name, value);
    }
}
