package dev.migrator.cli;

/** On how many migrators a command works, where there are several. */
enum Reach {
    /** On one, which has to be named. */
    ONE,
    /** On one after the other; one that fails is the last. */
    UNTIL_ONE_FAILS,
    /** On all, whatever one of them says. */
    ALL
}
