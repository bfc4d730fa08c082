package dev.migrator.lock;

import dev.migrator.postgres.Channel;
import dev.migrator.postgres.ServerError;
import dev.migrator.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears, over the session that waits for the migration lock, that its holder has given it back. Who dies, or is of an older
 * release, gives it back without a word, so that it is to be asked for all the same, only seldom.
 */
public final class Releases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    private final Channel channel;
    private final Session session;

    private Releases(Channel channel, Session session) {
        this.channel = channel;
        this.session = session;
    }

    /** Null where the server refuses it. */
    static @Nullable Releases hear(Channel channel, Session session) throws SQLException {
        try {
            channel.listen(session.connection());
            return new Releases(channel, session);
        } catch (SQLException e) {
            ServerError error = ServerError.of(e);
            if (error.isConnectionLost() || error.isCancelled()) {
                throw e;
            }
            LOG.debug("This server does not tell when the migration lock is given back", e);
            return null;
        }
    }

    static void tell(Channel channel, Session session) {
        try {
            channel.say(session.connection());
        } catch (SQLException e) {
            session.touch();
            LOG.debug("Those who wait were not told that the migration lock was given back", e);
        }
    }

    /**
     * Waits until the lock is given back, or has been since this was asked last.
     *
     * @param milliseconds how long at most, from 1
     * @return whether it was
     */
    public boolean await(int milliseconds) throws SQLException {
        return channel.await(session.connection(), milliseconds);
    }

    @Override
    public void close() {
        Connection connection = session.connection();
        try {
            channel.unlisten(connection);
        } catch (SQLException e) {
            // it may still listen, which nobody who gets it from the pool would want
            session.touch();
            LOG.debug("The session may still listen", e);
        }
    }
}
