package dev.migrator.run;

import dev.migrator.migration.Found;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one run is about: the database, the search for what there is to run, who has asked for it, how to go about it, and whom to tell.
 *
 * @param actor the person who asked for it, or null where nobody did
 */
record RunContext(
        Database database,
        Supplier<Found> search,
        @Nullable String actor,
        RunOptions options,
        Events events,
        Consumer<Standing> standings,
        Cancellation cancellation) {

    /**
     * What was found; waits until all is.
     *
     * @throws RunCancelledException if the run was cancelled meanwhile
     */
    Found found() {
        Found found = search.get();
        cancellation.check("while it looked for migrations");
        return found;
    }
}
