/** Migrations in Java for the tests of {@code dev.migrator.crash}. */
@NullMarked
package dev.migrator.crash.shapes;

import org.jspecify.annotations.NullMarked;
