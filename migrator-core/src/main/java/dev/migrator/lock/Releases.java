package dev.migrator.lock;

import dev.migrator.postgres.Channel;
import dev.migrator.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Hears, over the session that waits for the migration lock, that its holder has given it back. Who dies gives it back without
 * a word, so that it is to be asked for all the same, only seldom.
 */
public final class Releases implements AutoCloseable {

    private final Channel channel;
    private final Session session;

    private Releases(Channel channel, Session session) {
        this.channel = channel;
        this.session = session;
    }

    static Releases of(Channel channel, Session session) throws SQLException {
        channel.listen(session.connection());
        return new Releases(channel, session);
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
        }
    }
}
