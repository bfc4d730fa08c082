package dev.migrator.spring.slices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@JdbcTest
class JdbcSliceTests {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SliceApplication.database(registry);
    }

    @Test
    void theTestFindsTheMigratedSchema(@Autowired JdbcClient jdbc) {
        assertThat(jdbc.sql("select title from titles").query(String.class).single())
                .isEqualTo("The Sea");
    }
}
