/**
 * How does one see the migrations, and do something about them? The endpoint and the health of all migrators, from memory;
 * who may see which part of it; and the operations.
 *
 * <p>Belongs here: what the actuator asks. It reads what the migrators tell and never waits for the database while they run.
 */
@NullMarked
package dev.migrator.spring.actuate;

import org.jspecify.annotations.NullMarked;
