package dev.migrator.sample.books;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

/** Copies that the publisher has sent. */
record Delivery(@Positive @Max(10_000) int copies) {}
