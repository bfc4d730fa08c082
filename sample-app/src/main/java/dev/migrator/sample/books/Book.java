package dev.migrator.sample.books;

import java.math.BigDecimal;
import java.util.List;

/**
 * A book as the shop shows it.
 *
 * @param isbn its ISBN-13, without hyphens
 * @param authors their names, in the order of the cover
 * @param inStock how many copies are left
 */
record Book(String isbn, String title, List<String> authors, BigDecimal price, int inStock) {}
