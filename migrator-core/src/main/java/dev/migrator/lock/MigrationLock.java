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

    /** What tells the one who waits for it that it is given back; null where that cannot be heard. */
    @Nullable
    Releases releases() throws SQLException;

    /** Who has it, in words. */
    String holder() throws SQLException;

    /** Gives it back, so that the next instance goes on at once. */
    void release();

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
