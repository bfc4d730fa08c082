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
import org.postgresql.PGConnection;

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

        channel.say(other);

        assertThat(heard.get(LONG / 2, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void whatWasSaidBeforeItWaitsIsHeardOnce() throws Exception {
        channel.listen(waiting);
        channel.say(other);
        channel.say(other);

        assertThat(await(LONG)).isTrue();
        assertThat(await(1)).isFalse();
    }

    @Test
    void hearsNothingOfAnotherChannelAndNothingOnceItHasEnded() throws Exception {
        channel.listen(waiting);
        new Channel("another").say(other);
        assertThat(await(1)).isFalse();

        channel.unlisten(waiting);
        channel.say(other);
        assertThat(await(1)).isFalse();
    }

    @Test
    void whatNobodyHasHeardByTheEndIsForgotten() throws Exception {
        channel.listen(waiting);
        channel.say(other);

        channel.unlisten(waiting);

        assertThat(waiting.unwrap(PGConnection.class).getNotifications()).isEmpty();
    }

    private boolean await(int milliseconds) {
        try {
            return channel.await(waiting, milliseconds);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
