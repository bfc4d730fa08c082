/** Orders, from the moment they are placed until they are shipped or cancelled. */
@NullMarked
package dev.migrator.sample.orders;

import org.jspecify.annotations.NullMarked;
