package dev.migrator.sample.sales;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SalesController {

    private final JdbcClient jdbc;

    SalesController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/sales")
    List<Sales> sales() {
        return jdbc.sql("select month, isbn, title, copies, revenue from sales_by_month order by month desc, title")
                .query(Sales.class)
                .list();
    }
}
