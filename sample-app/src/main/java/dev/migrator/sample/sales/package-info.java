/** What was sold: reads the view of a repeatable migration. */
@NullMarked
package dev.migrator.sample.sales;

import org.jspecify.annotations.NullMarked;
