/**
 * What is to be done? Migrations and history in, steps and problems out.
 *
 * <p>Belongs here: pure functions only. No connection, no clock, no file.
 */
@NullMarked
package dev.migrator.plan;

import org.jspecify.annotations.NullMarked;
