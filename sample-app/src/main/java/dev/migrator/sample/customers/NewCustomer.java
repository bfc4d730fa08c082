package dev.migrator.sample.customers;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** Somebody who wants an account. */
record NewCustomer(@NotBlank String name, @NotNull @Email String email) {}
