package dev.migrator.sample.orders;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;

/**
 * What a customer wants to buy.
 *
 * @param customer the customer's id
 */
record NewOrder(@Positive long customer, @NotEmpty @Valid List<Line> lines) {

    /** One book, and how many copies of it. */
    record Line(@NotNull String isbn, @Positive @Max(1_000) int copies) {}
}
