package dev.migrator.plan;

import dev.migrator.history.HistoryRow;
import dev.migrator.history.State;
import dev.migrator.migration.Found;
import dev.migrator.migration.Migration;
import dev.migrator.migration.Version;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Migrations in Java that run in no transaction: also of one that failed, a part may be there, which no row can tell. */
final class LooseMigrations {

    private final Set<@Nullable Version> versions = new HashSet<>();

    LooseMigrations(Found found) {
        for (Migration migration : found.migrations()) {
            if (migration.content() instanceof Migration.Java java
                    && !java.migration().transactional()) {
                versions.add(migration.version());
            }
        }
    }

    /** Whether something of it is in the database, or may be, though it did not come to its end. */
    boolean leftSomething(HistoryRow row) {
        return row.leftSomething()
                || row.state() == State.FAILED && row.statementsTotal() == 0 && versions.contains(row.version());
    }
}
