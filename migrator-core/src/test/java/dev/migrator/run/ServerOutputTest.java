package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.testing.DatabaseTest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the server has to say while a script runs. */
class ServerOutputTest extends DatabaseTest {

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void rowsThatNobodyReadsYetDoNotHoldUpTheStatementBehindThem() {
        scripts.with(
                "V1__t.sql",
                "CREATE TABLE t (t text);\nSELECT repeat('x', 1000) FROM generate_series(1, 30000);\nINSERT INTO t VALUES ('"
                        + "y".repeat(20_000_000) + "');");

        migrator().build().migrate();

        assertThat(database.value("SELECT length(t) FROM t")).isEqualTo("20000000");
    }

    @Test
    void noticesRaisedWhileDataIsCopiedComeToTheLog() {
        scripts.with("V1__t.sql", """
                CREATE TABLE t (id int);
                CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE NOTICE 'row %', NEW.id; RETURN NEW; END $$;
                CREATE TRIGGER say BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION say();
                COPY t FROM STDIN;
                1
                2
                \\.
                """);
        Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator.notices");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        try {
            migrator().build().migrate();
        } finally {
            logger.setLevel(null);
            logger.detachAppender(appender);
        }

        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("PostgreSQL: row 1", "PostgreSQL: row 2");
    }

    @Test
    void aFailureInTheDataIsTheFailureThatIsReported() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);\nCOPY t FROM STDIN;\n1\nx\n\\.\n");

        Failure failure = failure(MigrationFailedException.class, migrator()).failure();

        assertThat(failure.sqlState()).isEqualTo("22P02");
        assertThat(failure.context()).contains("COPY t, line 2");
        assertThat(failure.where()).isEqualTo("V1__t.sql:4");
    }
}
