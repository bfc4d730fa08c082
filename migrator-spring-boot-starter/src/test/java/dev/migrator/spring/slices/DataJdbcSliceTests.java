package dev.migrator.spring.slices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DataJdbcTest
class DataJdbcSliceTests {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SliceApplication.database(registry);
    }

    @Test
    void theTestFindsTheMigratedSchema(@Autowired JdbcAggregateTemplate template) {
        assertThat(template.findAll(Row.class)).extracting(Row::title).containsExactly("The Sea");
    }

    @Table("books")
    record Row(@Id Long id, String title, String isbn) {}
}
