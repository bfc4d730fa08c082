package dev.migrator.spring.startup;

/** What an instance does about pending migrations when it starts. */
public enum Mode {
    /** It runs them. */
    MIGRATE,
    /** It does not start while there are any. */
    VALIDATE,
    /** It waits until another instance has run them. */
    WAIT
}
