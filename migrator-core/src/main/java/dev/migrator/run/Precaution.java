package dev.migrator.run;

import dev.migrator.backup.BackupMode;
import dev.migrator.backup.TakenBackup;
import dev.migrator.postgres.Catalog;
import dev.migrator.postgres.RecoveryPoints;
import dev.migrator.run.UnderLock.Holder;
import java.sql.SQLException;

/** Sees to a way back before something runs: a backup, as the options say, and a restore point in the write-ahead log. */
final class Precaution {

    private static final int MAX_NAME = 63;

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
    SafetyNet take(String occasion) throws SQLException {
        TakenBackup backup = isWorthIt() ? new BackupBefore(context, holder).take(occasion) : null;
        return new SafetyNet(backup, RecoveryPoints.create(holder.session().connection(), name(occasion)));
    }

    /** An empty database is had again more easily. */
    private boolean isWorthIt() throws SQLException {
        return context.options().backups().options().mode() != BackupMode.OFF
                && new Catalog(holder.session().connection())
                        .databaseHoldsAnything(holder.table().table());
    }

    private String name(String occasion) {
        String begin = "migrator-" + occasion;
        String end = "-" + context.events().runId().toString().substring(0, 8);
        return begin.substring(0, Math.min(begin.length(), MAX_NAME - end.length())) + end;
    }
}
