/**
 * Who is told what a run does? The listeners of the application, and the events of its context, for every migrator there is.
 *
 * <p>Belongs here: handing on what migrators tell. What is made of it (measurements, observations) is another room's matter.
 */
@NullMarked
package dev.migrator.spring.events;

import org.jspecify.annotations.NullMarked;
