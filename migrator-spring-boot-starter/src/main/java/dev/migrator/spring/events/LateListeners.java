package dev.migrator.spring.events;

import dev.migrator.run.MigrationListener;
import dev.migrator.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one migrator, looked up with its first event. Where one could not be made then, it is tried again with the
 * next run. Each is on its own: one that throws keeps no other from being told.
 */
final class LateListeners implements MigrationListener {

    private static final Logger logger = LoggerFactory.getLogger(LateListeners.class);

    private final String migrator;
    private final ListenerBeans beans;
    private List<MigrationListener> own = List.of();
    private boolean complete;
    private volatile @Nullable List<MigrationListener> listeners;

    LateListeners(String migrator, ListenerBeans beans) {
        this.migrator = migrator;
        this.beans = beans;
    }

    @Override
    public void on(RunEvent event) {
        List<MigrationListener> known = listeners;
        if (known == null || event instanceof RunEvent.RunStarted) {
            known = find();
        }
        for (MigrationListener listener : known) {
            try {
                listener.on(event);
            } catch (RuntimeException | LinkageError | AssertionError ex) {
                logger.warn(
                        "{} failed at {} of '{}', which goes on",
                        listener.getClass().getName(),
                        event.getClass().getSimpleName(),
                        migrator,
                        ex);
            }
        }
    }

    private synchronized List<MigrationListener> find() {
        List<MigrationListener> known = listeners;
        if (known != null && complete) {
            return known;
        }
        if (known == null) {
            own = ofThisMigrator();
        }
        ListenerBeans.Made<MigrationListener> made = beans.of(MigrationListener.class);
        List<MigrationListener> found = new ArrayList<>(own);
        found.addAll(made.listeners());
        complete = made.complete();
        listeners = List.copyOf(found);
        return found;
    }

    private List<MigrationListener> ofThisMigrator() {
        List<MigrationListener> made = new ArrayList<>();
        for (ListenerPerMigrator source : beans.of(ListenerPerMigrator.class).listeners()) {
            try {
                made.add(source.listenTo(migrator));
            } catch (RuntimeException | LinkageError ex) {
                logger.warn("{} is told nothing of '{}'", source.getClass().getName(), migrator, ex);
            }
        }
        return made;
    }
}
