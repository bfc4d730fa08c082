/** The migrations that SQL cannot express. They use nothing else of the application: it changes, they do not. */
@NullMarked
package dev.migrator.sample.migrations;

import org.jspecify.annotations.NullMarked;
