/**
 * What does an application get without asking? The auto-configurations, the properties, and what a user implements or
 * annotates to change them.
 *
 * <p>Belongs here: conditions and wiring, and nothing that works once the application runs. This room may know all others.
 */
@NullMarked
package dev.migrator.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
