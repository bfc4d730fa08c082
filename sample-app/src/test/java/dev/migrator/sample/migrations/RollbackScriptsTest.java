package dev.migrator.sample.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.Migrator;
import dev.migrator.plan.Rollback;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.RollbackPreview;
import dev.migrator.run.RollbackReport.RolledBack;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rollback script is believed until the day it is needed; so each is tried here, in a shop with customers. */
class RollbackScriptsTest {

    private static final int LATEST = 17;

    /** What the schema looks like from outside: columns, constraints, indexes, triggers, functions, types and views. */
    private static final String SCHEMA = """
            select concat_ws(' ', table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity)
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
            select concat_ws(' ', typname, enumlabel)
            from pg_enum join pg_type on pg_type.oid = enumtypid where typnamespace = 'public'::regnamespace
            union all
            select concat_ws(' ', viewname, definition) from pg_views where schemaname = 'public'
            order by 1
            """;

    private static EmbeddedPostgres server;

    private DataSource database;
    private JdbcClient jdbc;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void anEmptyDatabase(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        JdbcClient.create(server.getPostgresDatabase())
                .sql("create database \"" + name + "\"")
                .update();
        database = server.getDatabase("postgres", name);
        jdbc = JdbcClient.create(database);
    }

    @Test
    void upAndDownStepByStepAndUpAgain() {
        List<List<String>> schemas = new ArrayList<>(List.of(schema()));
        for (int version = 1; version <= LATEST; version++) {
            migrator().target("" + version).build().migrate();
            schemas.add(schema());
        }
        // the view that the last one of all makes
        migrator().build().migrate();
        List<String> latest = schema();
        sellBooks();

        for (int version = LATEST; version > 0; version--) {
            List<RolledBack> rolledBack =
                    migrator().build().rollback(Rollback.last()).rolledBack();

            assertThat(rolledBack).extracting(RolledBack::version).containsExactly("" + version);
            assertThat(schema())
                    .as("schema before V" + version)
                    .filteredOn(line -> !line.startsWith("sales_by_month "))
                    .isEqualTo(schemas.get(version - 1));
        }
        assertThat(schema()).isEmpty();

        assertThat(migrator().build().migrate().applied()).hasSize(LATEST + 1);
        assertThat(schema()).isEqualTo(latest);
        assertThat(jdbc.sql("select count(*) from stock").query(Integer.class).single())
                .isEqualTo(6);
    }

    @Test
    void allAtOnceAndUpAgain() {
        migrator().build().migrate();
        List<String> latest = schema();
        sellBooks();
        Migrator migrator = migrator().build();

        RollbackPreview preview = migrator.previewRollback(Rollback.to("0"));
        migrator.rollback(preview);

        assertThat(preview.versions())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LATEST)
                        .mapToObj(step -> "" + (LATEST + 1 - step))
                        .toList());
        assertThat(preview.items()).flatExtracting(RollbackPreview.Item::losses).anySatisfy(loss -> assertThat(loss)
                .contains("customers"));
        assertThat(schema()).isEmpty();
        migrator().build().migrate();
        assertThat(schema()).isEqualTo(latest);
    }

    @Test
    void theShopKeepsWhatItCan() {
        migrator().build().migrate();
        sellBooks();

        migrator().build().rollback(Rollback.to("7"));

        assertThat(rows("select isbn10 || ' ' || title || ' ' || name from books join authors on authors.id = author_id"
                        + " where title in ('Good Omens', 'Persuasion', 'Carrie')"))
                .containsExactlyInAnyOrder(
                        "0552137030 Good Omens Terry Pratchett",
                        "0141439688 Persuasion Jane Austen",
                        "080442957X Carrie Mary Shelley");
        assertThat(rows("select status::text from orders order by id")).containsExactly("placed", "shipped");
    }

    @Test
    void aBookThatCanHaveNoIsbn10KeepsVersion14() {
        migrator().build().migrate();
        jdbc.sql("insert into books (isbn13, title, price) values ('9791090648784', 'Tintin', 9.90)")
                .update();
        List<String> before = rows("select concat_ws(' ', isbn10, isbn13, title) from books order by id");

        assertThatThrownBy(() -> migrator().build().rollback(Rollback.to("13")))
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("Books that can have no ISBN-10, because their ISBN-13 begins with 979: 1")
                .hasMessageContaining("stay at version 14");

        assertThat(migrator().build().status().currentVersion()).hasToString("14");
        assertThat(rows("select concat_ws(' ', isbn10, isbn13, title) from books order by id"))
                .isEqualTo(before);
    }

    private Migrator.Builder migrator() {
        return Migrator.builder(database).javaMigrations(List.of(new V12__Give_every_book_an_isbn13()));
    }

    /** Two new books without an ISBN-10, a customer, and two orders, of which one is cancelled. */
    private void sellBooks() {
        jdbc.sql("""
                insert into books (isbn13, title, price)
                values ('9780141439686', 'Persuasion', 6.49), ('9780804429573', 'Carrie', 8.00);
                insert into book_authors (book_id, author_id, position)
                select books.id, authors.id, 1
                from books join authors on (title, name) in (('Persuasion', 'Jane Austen'), ('Carrie', 'Mary Shelley'));
                insert into stock (book_id, copies) select id, 3 from books where isbn10 is null;
                insert into customers (name, email) values ('Ada', 'ada@example.org');
                insert into orders (customer_id) select id from customers;
                insert into orders (customer_id) select id from customers;
                insert into order_lines (order_id, book_id, copies, price)
                select orders.id, books.id, 1, books.price from orders, books where title = 'Persuasion';
                update orders set status = 'cancelled' where id = (select max(id) from orders);
                """).update();
    }

    private List<String> schema() {
        return rows(SCHEMA);
    }

    private List<String> rows(String query) {
        return jdbc.sql(query).query(String.class).list();
    }
}
