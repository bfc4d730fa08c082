package dev.migrator.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets one instance migrate at a time, and keeps one that has lost it from committing anything. */
public interface MigrationLock {

    /** Takes it if it is free. */
    boolean tryAcquire() throws SQLException;

    /** Whether it is worth while to try again. */
    boolean mayBeFree() throws SQLException;

    /** Begins to hear that others give it back, until that is closed; null where it cannot be heard. */
    @Nullable
    Releases hearReleases() throws SQLException;

    /** Who has it, in words. */
    String holder() throws SQLException;

    /** Gives it back, so that the next instance goes on at once. */
    void release();

    /** Tells those who wait that it was given back. Never throws: who is not told finds out a little later. */
    void tellRelease();

    /** The statements of a transaction ahead of a step's own, by which the holder says that it lives, and where it is. */
    List<String> signOfLife(String script);

    /** Guards at the beginning of each transaction that changes anything. */
    List<Guard> opening();

    /** Guards right before its history row: behind the script, which may have given the lock away. */
    List<Guard> closing();

    /** Guards before a statement that runs outside of any transaction. */
    List<Guard> outside();

    /** The process id of the backend whose step is under way, asked over any connection; 0 if there is none. */
    int backend(Connection connection) throws SQLException;

    /** Whether nobody's step is under way, asked over any connection. */
    boolean isFree(Connection connection) throws SQLException;
}
