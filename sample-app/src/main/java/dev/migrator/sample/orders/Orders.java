package dev.migrator.sample.orders;

import dev.migrator.sample.web.Refused;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The orders, as the database holds them. Its triggers (V7, V9) keep the stock. */
@Repository
class Orders {

    private record Head(long id, long customer, Instant placedAt, String status) {}

    private static final String HEADS = "select id, customer_id as customer, placed_at, status::text from orders ";

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    Optional<Order> find(long id) {
        return jdbc.sql(HEADS + "where id = :id")
                .param("id", id)
                .query(Head.class)
                .optional()
                .map(this::withLines);
    }

    /** The customer's orders, the newest first. */
    @Transactional(readOnly = true)
    List<Order> of(long customer) {
        return jdbc
                .sql(HEADS + "where customer_id = :customer order by placed_at desc, id desc")
                .param("customer", customer)
                .query(Head.class)
                .list()
                .stream()
                .map(this::withLines)
                .toList();
    }

    /** Places the order as a whole or not at all, and returns its id. */
    @Transactional
    long place(NewOrder order) {
        long id = jdbc.sql("""
                        insert into orders (customer_id)
                        select id from customers where id = :customer
                        returning id
                        """)
                .param("customer", order.customer())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Refused.unprocessable("There is no customer " + order.customer() + "."));
        // always in the same order, so that two orders for the same books do not wait for each other's stock
        order.lines().stream().sorted(Comparator.comparing(NewOrder.Line::isbn)).forEach(line -> add(id, line));
        return id;
    }

    /** Brings the order to a status from one of those before it; false if it has another. */
    boolean proceed(long id, String status, List<String> before) {
        return jdbc.sql("""
                                update orders set status = cast(:status as order_status)
                                where id = :id and status::text in (:before)
                                """)
                        .param("status", status)
                        .param("id", id)
                        .param("before", before)
                        .update()
                > 0;
    }

    private void add(long order, NewOrder.Line line) {
        try {
            int added = jdbc.sql("""
                            insert into order_lines (order_id, book_id, copies, price)
                            select :order, id, :copies, price from books where isbn13 = :isbn
                            """)
                    .param("order", order)
                    .param("copies", line.copies())
                    .param("isbn", line.isbn())
                    .update();
            if (added == 0) {
                throw Refused.unprocessable("The shop does not sell a book " + line.isbn() + ".");
            }
        } catch (DuplicateKeyException twice) {
            throw Refused.unprocessable("The order names the book " + line.isbn() + " twice.");
        } catch (DataIntegrityViolationException violation) {
            if (String.valueOf(violation.getMessage()).contains("stock_never_negative")) {
                throw Refused.conflict("There are not " + line.copies() + " copies of " + line.isbn() + " left.");
            }
            throw violation;
        }
    }

    private Order withLines(Head order) {
        List<Order.Line> lines =
                jdbc.sql("""
                        select books.isbn13 as isbn, books.title, order_lines.copies, order_lines.price
                        from order_lines join books on books.id = order_lines.book_id
                        where order_lines.order_id = :order
                        order by books.title
                        """).param("order", order.id()).query(Order.Line.class).list();
        return new Order(order.id(), order.customer(), order.placedAt(), order.status(), lines);
    }
}
