/**
 * When do the migrations run, and when is the way free? The run of this context's migrators, the three moments that may
 * trigger it, the gate, and the guard of the application's availability.
 *
 * <p>Belongs here: everything about the start; nothing that knows the web or the actuator.
 */
@NullMarked
package dev.migrator.spring.startup;

import org.jspecify.annotations.NullMarked;
