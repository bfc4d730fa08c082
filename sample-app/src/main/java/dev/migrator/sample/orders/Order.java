package dev.migrator.sample.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An order.
 *
 * @param customer the customer's id
 * @param status {@code placed}, {@code paid}, {@code shipped} or {@code cancelled}
 */
record Order(long id, long customer, Instant placedAt, String status, List<Line> lines) {

    /**
     * One book of an order.
     *
     * @param price of one copy, on the day of the order
     */
    record Line(String isbn, String title, int copies, BigDecimal price) {}

    /** What the customer pays. */
    public BigDecimal getTotal() {
        return lines.stream()
                .map(line -> line.price().multiply(BigDecimal.valueOf(line.copies())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
