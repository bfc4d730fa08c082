package dev.migrator.sample.customers;

import dev.migrator.sample.web.Refused;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/customers")
class CustomerController {

    private final Customers customers;

    CustomerController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping
    List<Customer> customers() {
        return customers.all();
    }

    @GetMapping("/{id}")
    Customer customer(@PathVariable long id) {
        return customers.find(id).orElseThrow(() -> Refused.notFound("There is no customer " + id + "."));
    }

    @PostMapping
    ResponseEntity<Customer> add(@RequestBody @Valid NewCustomer customer) {
        try {
            Customer added = customers.add(customer);
            return ResponseEntity.created(URI.create("/customers/" + added.id()))
                    .body(added);
        } catch (DuplicateKeyException twice) {
            throw Refused.conflict("There is an account for " + customer.email() + " already.");
        }
    }
}
