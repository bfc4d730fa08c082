package dev.migrator.migration;

import java.util.Comparator;

/** A script that runs whenever something happens in a run: {@code afterMigrate.sql}, {@code afterMigrate__grants.sql}. */
public record Callback(CallbackEvent event, Migration.Sql sql) {

    /** By their files' names, then by their folders. */
    static final Comparator<Callback> ORDER = Comparator.comparing(
                    (Callback callback) -> CallbackName.file(callback.name()))
            .thenComparing(Callback::name)
            .thenComparing(callback -> callback.sql().origin());

    /** The script's path in its location. */
    public String name() {
        return sql.name();
    }
}
