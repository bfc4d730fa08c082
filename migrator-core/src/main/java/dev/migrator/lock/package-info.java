/**
 * Who may migrate now? The migration lock in its two makes, and the guards that keep one who has lost it from committing.
 *
 * <p>Belongs here: taking the lock, keeping it, proving in each transaction that it is held, giving it back and telling so. Who
 * waits for it, and which make fits, is the run's business.
 */
@NullMarked
package dev.migrator.lock;

import org.jspecify.annotations.NullMarked;
