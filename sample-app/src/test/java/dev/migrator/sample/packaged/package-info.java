/** The packaged sample on a real server: its jar as processes of its own, with PostgreSQL's programs beside it. */
@NullMarked
package dev.migrator.sample.packaged;

import org.jspecify.annotations.NullMarked;
