package dev.migrator.sample.customers;

import java.time.Instant;

/** Somebody who has an account. */
record Customer(long id, String name, String email, Instant joinedAt) {}
