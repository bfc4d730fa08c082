/**
 * How do we get back? Dumps before migrations, how long they are kept, and restoring them.
 *
 * <p>Belongs here: PostgreSQL's own programs (pg_dump, pg_restore) and what is made with them. When a backup is taken, and what
 * the history says of it, is the run's business.
 */
@NullMarked
package dev.migrator.backup;

import org.jspecify.annotations.NullMarked;
