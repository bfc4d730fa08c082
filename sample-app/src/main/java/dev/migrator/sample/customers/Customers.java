package dev.migrator.sample.customers;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The customers, as the database holds them. */
@Repository
class Customers {

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Customer> all() {
        return jdbc.sql("select id, name, email, joined_at from customers order by id")
                .query(Customer.class)
                .list();
    }

    Optional<Customer> find(long id) {
        return jdbc.sql("select id, name, email, joined_at from customers where id = :id")
                .param("id", id)
                .query(Customer.class)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the mail address has an account already */
    Customer add(NewCustomer customer) {
        return jdbc.sql("""
                        insert into customers (name, email) values (:name, :email)
                        returning id, name, email, joined_at
                        """)
                .param("name", customer.name())
                .param("email", customer.email())
                .query(Customer.class)
                .single();
    }
}
