/** Whether a script that psql applies is applied with the same result: psql and pg_dump are the judges. */
@NullMarked
package dev.migrator.psql;

import org.jspecify.annotations.NullMarked;
