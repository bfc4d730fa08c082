/** The PostgreSQL that runs inside the sample when no other server is named. A real application has no such package. */
@NullMarked
package dev.migrator.sample.postgres;

import org.jspecify.annotations.NullMarked;
