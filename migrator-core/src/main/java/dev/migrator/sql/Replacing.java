package dev.migrator.sql;

/** Where the placeholders of a script are replaced. Never in comments, and never in the data of a COPY. */
public enum Replacing {
    /** Nowhere: {@code ${name}} is text like any other. */
    OFF,
    /** In statements, also inside of their strings and quoted identifiers, but not inside of dollar quotes. */
    ON,
    /** As {@link #ON}, and inside of dollar quotes too: in the bodies of functions and DO blocks. */
    BODIES
}
