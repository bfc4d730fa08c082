package dev.migrator.sample.sales;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one book has brought in one month.
 *
 * @param month the month's first day
 * @param copies how many were ordered and not cancelled
 */
record Sales(LocalDate month, String isbn, String title, long copies, BigDecimal revenue) {}
