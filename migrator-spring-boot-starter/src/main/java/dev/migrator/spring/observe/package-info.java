/**
 * What does a run look like from outside, in numbers and in traces? Metrics and observations, by Micrometer.
 *
 * <p>Belongs here: whatever knows Micrometer; nothing that knows the actuator or the web. Runs, waits for the lock, backups and
 * steps are told apart in one place ({@link dev.migrator.spring.observe.RunParts}), and so named alike in both.
 */
@NullMarked
package dev.migrator.spring.observe;

import org.jspecify.annotations.NullMarked;
