package dev.migrator.run;

/** Is told what a run does. What it throws is logged and does not disturb the run; it must not block. */
@FunctionalInterface
public interface MigrationListener {

    void on(RunEvent event);
}
