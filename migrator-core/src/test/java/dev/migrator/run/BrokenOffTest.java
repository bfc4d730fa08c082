package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.TcpProxy;
import dev.migrator.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection breaks off while statements are on their way, whose answers never arrive. */
class BrokenOffTest extends DatabaseTest {

    private String descriptionOf(String script) {
        scripts.with("V1__slow.sql", script);
        TcpProxy proxy = new TcpProxy(TestDatabase.port()).listen();
        try {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database.name());
            dataSource.setUser("postgres");
            Migrator migrator =
                    Migrator.builder(dataSource).locations(scripts.location()).build();
            CompletableFuture<?> run = CompletableFuture.runAsync(migrator::migrate);
            await().until(() -> database.value(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND state = 'active' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
                    .equals("1"));
            proxy.close();
            CompletionException end =
                    catchThrowableOfType(CompletionException.class, () -> run.orTimeout(1, TimeUnit.MINUTES)
                            .join());
            assertThat(end.getCause()).isInstanceOf(DatabaseUnreachableException.class);
            return ((DatabaseUnreachableException) end.getCause()).description();
        } finally {
            proxy.close();
        }
    }

    @Test
    void allStatementsWithoutAnAnswerAreNamed() {
        assertThat(descriptionOf("CREATE TABLE a (id int);\nSELECT 1;\n\nSELECT pg_sleep(60);\nSELECT 4;"))
                .startsWith(
                        "The connection was lost while V1__slow.sql ran: somewhere in statements 1 to 4 (lines 1 to 5),"
                                + " or in the BEGIN or COMMIT around them: ");
    }

    @Test
    void theOnlyStatementIsNamed() {
        assertThat(descriptionOf("SELECT pg_sleep(60)"))
                .startsWith(
                        "The connection was lost while V1__slow.sql ran: in statement 1 (line 1), or in the BEGIN or"
                                + " COMMIT around it: ");
    }

    @Test
    void aStatementThatRunsByItselfIsNamed() {
        assertThat(descriptionOf("SELECT 1;\n\nDO $$ BEGIN COMMIT; PERFORM pg_sleep(60); END $$;"))
                .startsWith("The connection was lost while V1__slow.sql:3:1 ran: ");
    }
}
