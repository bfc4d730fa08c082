package dev.migrator.spring.observe;

import dev.migrator.run.RunEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a run that one wants to know the duration of.
 *
 * @param migrator the name of the migrator's bean
 * @param step what is known of a step at its beginning; null for anything else
 */
record Part(MigratorObservation type, String migrator, UUID runId, RunEvent.@Nullable StepStarted step) {}
