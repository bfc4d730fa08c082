/**
 * Why did the start fail? Failure analyzers that print what, where, why, and what to do next.
 *
 * <p>Belongs here: the translation of the core's exceptions into Boot's failure analysis, with what only a Spring
 * application can have caused, and no judgement of its own.
 */
@NullMarked
package dev.migrator.spring.diagnostics;

import org.jspecify.annotations.NullMarked;
