package dev.migrator.run;

import dev.migrator.migration.CallbackEvent;
import java.util.List;

/**
 * The callbacks of a run.
 *
 * @param all in the order in which those of one event run
 */
record Callbacks(List<PendingCallback> all) {

    static final Callbacks NONE = new Callbacks(List.of());

    List<PendingCallback> of(CallbackEvent event) {
        // asked for each migration, and most runs have none
        return all.isEmpty()
                ? all
                : all.stream().filter(callback -> callback.event() == event).toList();
    }
}
