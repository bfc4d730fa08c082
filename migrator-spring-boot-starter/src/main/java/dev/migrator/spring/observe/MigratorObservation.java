package dev.migrator.spring.observe;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed of a run, and under which names. The timers have the same names and, but for the last ones, the same tags. */
public enum MigratorObservation implements ObservationDocumentation {

    /** A run, from its first look at the database to its end; also one that finds nothing to do. */
    RUN("migrator.run", "migrate", new KeyName[] {LowKey.MIGRATOR, LowKey.OUTCOME}, new KeyName[] {HighKey.RUN_ID}),

    /** The wait for the migration lock; without length where nobody else had it. */
    LOCK(
            "migrator.lock",
            "wait for the migration lock",
            new KeyName[] {LowKey.MIGRATOR, LowKey.OUTCOME},
            new KeyName[] {HighKey.RUN_ID}),

    /** The backup before anything runs. */
    BACKUP("migrator.backup", "back up", new KeyName[] {LowKey.MIGRATOR, LowKey.OUTCOME}, new KeyName[] {HighKey.RUN_ID
    }),

    /** One migration, with all its attempts. */
    STEP("migrator.step", "run migration", new KeyName[] {LowKey.MIGRATOR, LowKey.KIND, LowKey.OUTCOME}, new KeyName[] {
        HighKey.RUN_ID, HighKey.VERSION, HighKey.SCRIPT, HighKey.STATEMENTS, HighKey.ATTEMPTS
    });

    private final String name;
    private final String contextualName;
    private final KeyName[] low;
    private final KeyName[] high;

    MigratorObservation(String name, String contextualName, KeyName[] low, KeyName[] high) {
        this.name = name;
        this.contextualName = contextualName;
        this.low = low;
        this.high = high;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getContextualName() {
        return contextualName;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
        return low.clone();
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
        return high.clone();
    }

    /** Keys of few values, which are the timers' tags too: no version and no script among them. */
    enum LowKey implements KeyName {

        /** The name of the migrator's bean. */
        MIGRATOR("migrator"),

        /** {@code success}, {@code failure}, {@code cancelled}, {@code nothing} (to do), {@code skipped}. */
        OUTCOME("outcome"),

        /** {@code versioned}, {@code repeatable}, {@code java}, {@code rollback}. */
        KIND("kind");

        private final String key;

        LowKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys that stand in traces only. */
    enum HighKey implements KeyName {

        /** The id that the history's rows of a run share. */
        RUN_ID("migrator.run.id"),

        /** The migration's version; there is none for a repeatable. */
        VERSION("migrator.version"),

        /** The script's path in its location, or the class's name. */
        SCRIPT("migrator.script"),

        /** How many statements it has; 0 for a Java migration. */
        STATEMENTS("migrator.statements"),

        /** How often it was tried. */
        ATTEMPTS("migrator.attempts");

        private final String key;

        HighKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
