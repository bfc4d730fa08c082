/**
 * How does a new migration begin? The next name in the form that the project's own migrations have, the templates, and
 * files that are written without touching any other.
 *
 * <p>Belongs here: all that happens before there is a migration to find. It reads names and writes files; it never
 * opens a database.
 */
@NullMarked
package dev.migrator.create;

import org.jspecify.annotations.NullMarked;
