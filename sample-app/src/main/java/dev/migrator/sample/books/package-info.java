/** What the shop sells, who wrote it, and how many copies are left. */
@NullMarked
package dev.migrator.sample.books;

import org.jspecify.annotations.NullMarked;
