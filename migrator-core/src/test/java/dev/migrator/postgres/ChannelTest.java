package dev.migrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.DatabaseTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelTest extends DatabaseTest {

    private static final int LONG = 60_000;

    private final Channel channel = new Channel("the \"migrator's\" channel");
    private Connection waiting;
    private Connection other;

    @BeforeEach
    void connect() throws SQLException {
        waiting = database.dataSource().getConnection();
        other = database.dataSource().getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        waiting.close();
        other.close();
    }

    @Test
    void oneThatWaitsHearsWhatAnotherSessionSays() throws Exception {
        channel.listen(waiting);
        CompletableFuture<Boolean> heard = CompletableFuture.supplyAsync(() -> await(LONG));

        say(channel);

        assertThat(heard.get(LONG / 2, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void whatWasSaidBeforeItWaitsIsHeardOnce() throws Exception {
        channel.listen(waiting);
        say(channel);
        say(channel);

        assertThat(await(LONG)).isTrue();
        assertThat(await(1)).isFalse();
    }

    @Test
    void hearsNothingOfAnotherChannelAndNothingOnceItHasEnded() throws Exception {
        channel.listen(waiting);
        say(new Channel("another"));
        assertThat(await(1)).isFalse();

        channel.unlisten(waiting);
        say(channel);
        assertThat(await(1)).isFalse();
    }

    @Test
    void whoGivesTheLockBackTellsThoseWhoListen() throws Exception {
        AdvisoryLock lock = AdvisoryLock.of("public", "schema_migrations");
        assertThat(lock.tryAcquire(other)).isTrue();
        lock.channel().listen(waiting);

        assertThat(lock.isFree(waiting)).isFalse();
        assertThat(lock.releaseAndTell(other)).isTrue();

        assertThat(lock.channel().await(waiting, LONG)).isTrue();
        assertThat(lock.isFree(waiting)).isTrue();
    }

    private boolean await(int milliseconds) {
        try {
            return channel.await(waiting, milliseconds);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(Channel where) throws SQLException {
        try (var statement = other.createStatement()) {
            statement.execute("SELECT " + where.notification());
        }
    }
}
