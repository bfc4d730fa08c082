package dev.migrator.run;

import dev.migrator.migration.Found;
import java.util.function.Consumer;

/** What one run is about: the database, what was found, how to go about it, and whom to tell. */
record RunContext(
        Database database,
        Found found,
        RunOptions options,
        Events events,
        Consumer<Standing> standings,
        Cancellation cancellation) {}
