/** There and back again: histories that are applied, taken back and applied once more. */
@NullMarked
package dev.migrator.roundtrip;

import org.jspecify.annotations.NullMarked;
