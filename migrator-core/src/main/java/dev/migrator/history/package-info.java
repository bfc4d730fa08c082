/**
 * What has run? The {@code schema_migrations} table, its rows and their states.
 *
 * <p>Belongs here: everything that reads or writes that table, and nothing that decides what to do about it.
 */
@NullMarked
package dev.migrator.history;

import org.jspecify.annotations.NullMarked;
