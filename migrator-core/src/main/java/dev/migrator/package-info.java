/**
 * How do I use it? {@link dev.migrator.Migrator} and what it answers.
 *
 * <p>Belongs here: the face of the library. What it shares with the runner (events, report, exceptions) stands in
 * {@code dev.migrator.run}, and is handed on.
 */
@NullMarked
package dev.migrator;

import org.jspecify.annotations.NullMarked;
