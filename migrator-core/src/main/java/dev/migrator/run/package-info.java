/**
 * Do it: from the lock to the report, telling events on the way.
 *
 * <p>Belongs here: the order of things in a run, the transaction segment as the one unit of execution, the events, the
 * report and the exceptions. The runner tells events; it knows no listener's purpose.
 */
@NullMarked
package dev.migrator.run;

import org.jspecify.annotations.NullMarked;
