/**
 * A bookshop's orders: a small application as many are, that leaves its schema to Migrator.
 *
 * <p>The schema's history is in {@code src/main/resources/db/migration}; one migration is written in Java.
 */
@NullMarked
package dev.migrator.sample;

import org.jspecify.annotations.NullMarked;
