package dev.migrator.sample.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rollback script is believed until the day it is needed; so each is tried here. */
class RollbackScriptsTest {

    /** What the tables look like from outside: columns, constraints, indexes, triggers and functions. */
    private static final String SCHEMA = """
            select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
            from information_schema.columns join information_schema.tables using (table_schema, table_name)
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations'
            union all
            select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint
            where connamespace = 'public'::regnamespace and conrelid <> to_regclass('public.schema_migrations')
            union all
            select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'schema_migrations'
            union all
            select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
            union all
            select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
            union all
            select concat_ws(' ', typname, typtype)
            from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
            order by 1
            """;

    @ParameterizedTest
    @CsvSource({
        "4, 5, U5__order_status.sql",
        "6, 7, U7__stock_follows_orders.sql",
        "8, 9, U9__cancelled_orders_return_to_stock.sql",
        "10, 11, U11__orders_of_a_customer.sql",
        "16, 17, U17__one_place_for_authors.sql"
    })
    void itTakesItsMigrationBack(String before, String version, String script) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource database = server.getPostgresDatabase();
            JdbcClient jdbc = JdbcClient.create(database);
            migrateTo(database, before);
            List<String> schema = jdbc.sql(SCHEMA).query(String.class).list();
            migrateTo(database, version);
            assertThat(jdbc.sql(SCHEMA).query(String.class).list()).isNotEqualTo(schema);

            jdbc.sql(new ClassPathResource("db/migration/" + script).getContentAsString(StandardCharsets.UTF_8))
                    .update();

            assertThat(jdbc.sql(SCHEMA).query(String.class).list()).isEqualTo(schema);
        }
    }

    private static void migrateTo(DataSource database, String version) {
        Migrator.builder(database)
                .javaMigrations(List.of(new V12__Give_every_book_an_isbn13()))
                .target(version)
                .build()
                .migrate();
    }
}
