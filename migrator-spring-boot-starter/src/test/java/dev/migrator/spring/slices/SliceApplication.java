package dev.migrator.spring.slices;

import dev.migrator.spring.test.Postgres;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.test.context.DynamicPropertyRegistry;

@SpringBootApplication
class SliceApplication {

    /** A real PostgreSQL of the test's own, empty until it is migrated. */
    static void database(DynamicPropertyRegistry registry) {
        String url = Postgres.newDatabase();
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.test.database.replace", () -> "none");
    }
}
