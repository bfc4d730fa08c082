/**
 * What does the server say? Sessions, locks, time limits, the catalog, activity and error positions.
 *
 * <p>Belongs here: facts about PostgreSQL and its driver. The driver's own classes are used in this room only.
 */
@NullMarked
package dev.migrator.postgres;

import org.jspecify.annotations.NullMarked;
