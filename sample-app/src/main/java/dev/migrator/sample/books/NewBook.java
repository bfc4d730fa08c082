package dev.migrator.sample.books;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.util.List;
import org.hibernate.validator.constraints.UniqueElements;

/** A book that the shop will sell from now on. */
record NewBook(
        @NotNull @Pattern(regexp = "97[89][0-9]{10}", message = "must be an ISBN-13 without hyphens")
        String isbn,

        @NotBlank String title,

        @NotEmpty @UniqueElements List<@NotBlank String> authors,

        @NotNull @PositiveOrZero @Digits(integer = 6, fraction = 2)
        BigDecimal price) {}
