/**
 * How fast is it? Benchmarks of the inner loops, by JMH, and of whole processes beside psql. Nothing here is part of the product.
 */
@NullMarked
package dev.migrator.benchmarks;

import org.jspecify.annotations.NullMarked;
