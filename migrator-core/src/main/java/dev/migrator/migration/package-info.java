/**
 * What is there to run? Versions, the names of migration files, SQL scripts and Java migrations, and where they are found.
 *
 * <p>Belongs here: what a migration is, and how one is found. Not here: what has become of it (that is the history's).
 */
@NullMarked
package dev.migrator.migration;

import org.jspecify.annotations.NullMarked;
