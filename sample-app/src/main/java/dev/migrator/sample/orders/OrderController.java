package dev.migrator.sample.orders;

import dev.migrator.sample.web.Refused;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {

    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping("/customers/{customer}/orders")
    List<Order> ordersOf(@PathVariable long customer) {
        return orders.of(customer);
    }

    @GetMapping("/orders/{id}")
    Order order(@PathVariable long id) {
        return orders.find(id).orElseThrow(() -> Refused.notFound("There is no order " + id + "."));
    }

    @PostMapping("/orders")
    ResponseEntity<Order> place(@RequestBody @Valid NewOrder order) {
        long id = orders.place(order);
        return ResponseEntity.created(URI.create("/orders/" + id)).body(order(id));
    }

    @PostMapping("/orders/{id}/payment")
    Order pay(@PathVariable long id) {
        return proceed(id, "paid", List.of("placed"));
    }

    @PostMapping("/orders/{id}/shipment")
    Order ship(@PathVariable long id) {
        return proceed(id, "shipped", List.of("paid"));
    }

    @PostMapping("/orders/{id}/cancellation")
    Order cancel(@PathVariable long id) {
        return proceed(id, "cancelled", List.of("placed", "paid"));
    }

    private Order proceed(long id, String status, List<String> before) {
        boolean done = orders.proceed(id, status, before);
        Order order = order(id);
        if (!done) {
            throw Refused.conflict("The order is " + order.status() + " and cannot be " + status + ".");
        }
        return order;
    }
}
