/** Who buys. */
@NullMarked
package dev.migrator.sample.customers;

import org.jspecify.annotations.NullMarked;
