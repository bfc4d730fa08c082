package dev.migrator.run;

import dev.migrator.migration.Callback;
import dev.migrator.migration.CallbackEvent;
import dev.migrator.sql.ScriptOutline;

/** A callback that has been looked through and can be run. */
record PendingCallback(Callback callback, ScriptOutline outline) {

    CallbackEvent event() {
        return callback.event();
    }

    /** Its script's path in its location. */
    String name() {
        return callback.name();
    }

    int statements() {
        return outline.statements();
    }
}
