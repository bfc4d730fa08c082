package dev.migrator.run;

import dev.migrator.history.WayBack;
import dev.migrator.postgres.RecoveryPoints;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;

/** Sees to a way back before something runs: a backup, as the options say, and a restore point in the write-ahead log. */
final class Precaution {

    private final RunContext context;
    private final Holder holder;

    Precaution(RunContext context, Holder holder) {
        this.context = context;
        this.holder = holder;
    }

    /**
     * Takes it.
     *
     * @param occasion what it is for, in words that fit a file's name: {@code before-12}
     */
    WayBack take(String occasion) throws SQLException {
        String run = context.events().runId().toString();
        return new WayBack(
                null,
                RecoveryPoints.create(
                        holder.session().connection(), "migrator-" + occasion + "-" + run.substring(0, 8)));
    }
}
