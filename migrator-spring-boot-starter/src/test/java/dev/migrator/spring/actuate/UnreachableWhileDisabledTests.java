package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.MigratorState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Where nothing migrates the endpoint asks the database; a page asks the endpoint again and again. */
class UnreachableWhileDisabledTests {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();

    private final Migrator migrator = Migrator.builder(new AbstractDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    times.incrementAndGet();
                    asked.countDown();
                    try {
                        gone.await();
                    } catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                    throw new SQLException("nobody is there", "08001");
                }

                @Override
                public Connection getConnection(String user, String password) throws SQLException {
                    return getConnection();
                }
            })
            .connectTimeout(Duration.ofMillis(1))
            .build();

    @Test
    void nobodyWaitsForADatabaseThatAnotherOneWaitsForAlready() throws Exception {
        Migrators migrators = new Migrators(false);
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> migrators.status(migrator));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(CompletableFuture.supplyAsync(() -> migrators.status(migrator))
                        .get(20, TimeUnit.SECONDS)
                        .state())
                .isEqualTo(MigratorState.PENDING);

        gone.countDown();
        first.get(20, TimeUnit.SECONDS);
        int before = times.get();
        migrators.status(migrator);
        assertThat(times).as("not asked again at once").hasValue(before);
    }
}
