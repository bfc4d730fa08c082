package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.migrator.Migrator;
import dev.migrator.spring.test.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The endpoint where nothing runs, and the database is asked. */
class FirstLookTests {

    /** Can be out of order, and slow. */
    private static final class Source extends DriverManagerDataSource {

        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch answering = new CountDownLatch(1);
        private volatile boolean slow;
        private volatile boolean broken;

        Source() {
            super(Postgres.newDatabase());
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            begun.countDown();
            if (slow) {
                assertThatNoException().isThrownBy(() -> answering.await(30, TimeUnit.SECONDS));
            }
            if (broken) {
                throw new SQLException("out of order", "08001");
            }
            return super.getConnection();
        }
    }

    private final Source source = new Source();
    private final AtomicLong now = new AtomicLong();
    private final Migrators migrators = new Migrators(false, now::get);
    private final Migrator migrator = Migrator.builder(source).build();

    @Test
    void whileOneLooksTheOthersDoNotWait() throws Exception {
        source.slow = true;
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> migrators.status(migrator).pending(), work -> new Thread(work).start());
        try {
            assertThat(source.begun.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(migrators.status(migrator).migrations()).isEmpty();
        } finally {
            source.answering.countDown();
        }
        assertThat(first.get(20, TimeUnit.SECONDS)).isPositive();
        assertThat(migrators.status(migrator).migrations()).isNotEmpty();
        assertThat(source.asked).hasValue(1);
    }

    @Test
    void aDatabaseThatIsOutOfOrderIsNotAskedWithEachRequest() {
        source.broken = true;
        migrators.status(migrator);
        int once = source.asked.get();
        migrators.status(migrator);
        assertThat(source.asked).hasValue(once);

        source.broken = false;
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));

        assertThat(migrators.status(migrator).migrations()).isNotEmpty();
    }

    @Test
    void whatIsLearntLaterIsShown() {
        migrators.status(migrator);
        Migrator.builder(source).build().migrate();

        migrator.validate();

        assertThat(migrators.status(migrator).pending()).isZero();
    }
}
