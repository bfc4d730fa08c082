package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.migrator.testing.DatabaseTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What scripts RAISE goes to the log as it comes, and is not kept. */
class NoticesTest extends DatabaseTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator.notices");
    private final AtomicInteger heard = new AtomicInteger();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            heard.incrementAndGet();
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void aNoticeIsHeardWhileTheStatementStillRuns() {
        scripts.with("V1__n.sql", "DO $$ BEGIN RAISE NOTICE 'halfway'; PERFORM pg_sleep(2); END $$;");

        CompletableFuture<MigrationReport> run =
                CompletableFuture.supplyAsync(() -> migrator().build().migrate());
        await().until(() -> heard.get() == 1);

        assertThat(run).isNotDone();
        run.orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Test
    void aFloodOfNoticesIsPassedOnOneByOne() {
        scripts.with(
                "V1__n.sql",
                "DO $$ BEGIN FOR i IN 1..50000 LOOP RAISE NOTICE '%', repeat('x', 2000); END LOOP; END $$;");

        migrator().build().migrate();

        assertThat(heard).hasValue(50_000);
    }
}
