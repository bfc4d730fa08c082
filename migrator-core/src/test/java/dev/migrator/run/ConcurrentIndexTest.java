package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No invalid index is left, none is taken for the real one, and none is built twice. */
class ConcurrentIndexTest extends DatabaseTest {

    @BeforeEach
    void fillTheTable() {
        database.execute(
                "CREATE TABLE book (id int, title text, price numeric)",
                "INSERT INTO book SELECT i, 't' || i, i FROM generate_series(1, 100) i",
                "INSERT INTO book VALUES (1, 't1', 1)");
    }

    private MigratorBuilder adopting() {
        return migrator().baselineOnMigrate(true).baselineVersion("0");
    }

    private void leaveAnInvalidIndex(String statement) {
        try {
            database.execute(statement);
        } catch (IllegalStateException expected) {
            // duplicate key: PostgreSQL leaves the index behind, invalid
        }
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("1");
        database.execute("DELETE FROM book WHERE ctid IN (SELECT max(ctid) FROM book GROUP BY id HAVING count(*) > 1)");
    }

    private String indexes() {
        return String.join(
                "; ",
                database.column("SELECT c.relname || ' ' || i.indisvalid FROM pg_index i JOIN pg_class c"
                        + " ON c.oid = i.indexrelid WHERE i.indrelid = 'book'::regclass ORDER BY 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX CONCURRENTLY book_title ON book (id)",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS book_title ON public.book USING btree (id)",
                "create unique index concurrently \"book_title\" -- with a comment\n on only \"book\"(id)",
            })
    void anInvalidLeftoverOfThatNameIsDroppedAndBuiltAgain(String statement) {
        leaveAnInvalidIndex("CREATE UNIQUE INDEX CONCURRENTLY book_title ON book (id)");
        scripts.with("V1__index.sql", statement + ";");

        adopting().build().migrate();

        assertThat(indexes()).isEqualTo("book_title true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS book_id ON book (lower(book.title))",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS book_id ON public.book (id) WHERE book.id > 0",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS"
                        + " book_id_of_a_name_that_is_longer_than_postgresql_lets_names_be_in_its_catalog ON book (id)",
                "CREATE UNIQUE INDEX CONCURRENTLY ON book (id int4_ops DESC) INCLUDE (title) WITH (fillfactor = 70)",
                "CREATE UNIQUE INDEX CONCURRENTLY \"a.b\" ON book ((title COLLATE \"C\") text_pattern_ops)",
            })
    void anInvalidLeftoverIsFoundHoweverItIsWritten(String statement) {
        leaveAnInvalidIndex(statement);
        scripts.with("V1__index.sql", statement + ";");

        adopting().build().migrate();

        assertThat(indexes()).endsWith(" true").doesNotContain(";");
    }

    @Test
    void anInvalidLeftoverOnAMaterializedViewIsFound() {
        database.execute("CREATE MATERIALIZED VIEW \"Old.Books\" AS SELECT * FROM book");
        String statement = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS old ON \"Old.Books\" (id)";
        leaveAnInvalidIndex(statement);
        database.execute("REFRESH MATERIALIZED VIEW \"Old.Books\"");
        scripts.with("V1__index.sql", statement + ";");

        adopting().build().migrate();

        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'old'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void anInvalidIndexOfThatNameIsNeverTakenForTheRealOne() {
        leaveAnInvalidIndex("CREATE UNIQUE INDEX CONCURRENTLY book_id ON book (id)");
        scripts.with("V1__index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS book_id ON book (title);");

        assertThat(failure(MigrationFailedException.class, adopting()))
                .hasMessageContaining("the index public.book_id is there and invalid");
        assertThat(history()).containsExactly("0 baseline applied 0/0", "1 versioned failed 0/1");
    }

    @Test
    void aRoleThatMayMakeNoTemporaryTableFindsItsLeftoverByName() {
        String role = "owner_of_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN",
                "GRANT CREATE ON SCHEMA public TO " + role,
                "REVOKE TEMP ON DATABASE " + database.name() + " FROM PUBLIC",
                "ALTER TABLE book OWNER TO " + role);
        String statement = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS book_id ON book (id)";
        leaveAnInvalidIndex(statement);
        scripts.with("V1__index.sql", statement + ";");
        try {
            Migrator.builder(database.dataSource(role))
                    .locations(scripts.location())
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .build()
                    .migrate();

            assertThat(indexes()).isEqualTo("book_id true");
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void anInvalidLeftoverWithoutANameIsFoundByItsDefinition() {
        leaveAnInvalidIndex("CREATE UNIQUE INDEX CONCURRENTLY ON book (id, lower(title)) WHERE price > 0");
        scripts.with("V1__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY ON book (id, lower(title)) WHERE price > 0;");

        adopting().build().migrate();

        assertThat(indexes()).isEqualTo("book_id_lower_idx true");
    }

    @Test
    void anInvalidIndexOfAnotherDefinitionIsLeftAlone() {
        leaveAnInvalidIndex("CREATE UNIQUE INDEX CONCURRENTLY other ON book (id)");
        scripts.with("V1__index.sql", "CREATE INDEX CONCURRENTLY book_id ON book (id);");

        adopting().build().migrate();

        assertThat(indexes()).isEqualTo("book_id true; other false");
    }

    @Test
    void duplicatesAreReportedAsTheDataErrorThatTheyAreAndLeaveNoIndexBehind() {
        scripts.with("V1__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY book_id ON book (id);");

        MigrationFailedException failure = failure(MigrationFailedException.class, adopting());

        assertThat(failure.failure().sqlState()).isEqualTo("23505");
        assertThat(failure).hasMessageContaining("Key (id)=(1) is duplicated");
        assertThat(indexes()).isEmpty();

        database.execute("DELETE FROM book WHERE ctid = (SELECT max(ctid) FROM book WHERE id = 1)");
        adopting().build().migrate();
        assertThat(indexes()).isEqualTo("book_id true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY ON book (title)",
                "CREATE INDEX CONCURRENTLY book_title_idx ON book (title)",
            })
    void anIndexThatWasBuiltBeforeACrashIsNotBuiltAgain(String statement) {
        scripts.with("V1__index.sql", statement + ";\nINSERT INTO book VALUES (1 / 0);");
        failure(MigrationFailedException.class, adopting());
        database.execute("UPDATE schema_migrations SET state = 'running', statements_done = 0, done_checksum = NULL,"
                + " details = '{\"begun\": 1}' WHERE version = '1'");
        scripts.with("V1__index.sql", statement + ";\nINSERT INTO book VALUES (1);");

        adopting().build().migrate();

        assertThat(indexes()).isEqualTo("book_title_idx true");
    }

    @Test
    void itsOwnTimeLimitsAreOff() {
        scripts.with("V1__index.sql", "CREATE INDEX CONCURRENTLY ON book (pg_sleep_for_index(title));");
        database.execute("CREATE FUNCTION pg_sleep_for_index(t text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(0.005); RETURN t; END $$");

        adopting()
                .statementTimeout(java.time.Duration.ofMillis(100))
                .lockTimeout(java.time.Duration.ofMillis(100))
                .build()
                .migrate();

        assertThat(indexes()).endsWith("true");
    }
}
