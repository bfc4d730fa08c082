package dev.migrator.sample.books;

/**
 * An author.
 *
 * @param books how many of their books the shop sells
 */
record Author(String name, int books) {}
