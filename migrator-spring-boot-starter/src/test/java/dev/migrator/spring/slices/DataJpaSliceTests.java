package dev.migrator.spring.slices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.jpa.Book;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DataJpaTest
@EntityScan(basePackageClasses = Book.class)
class DataJpaSliceTests {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SliceApplication.database(registry);
    }

    @Test
    void theTestFindsTheMigratedSchema(@Autowired EntityManager entities) {
        assertThat(entities.createQuery("select b from Book b", Book.class).getResultList())
                .extracting(Book::getTitle)
                .containsExactly("The Sea");
    }
}
