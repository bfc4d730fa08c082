package dev.migrator.create;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one at a time look for the next version in a folder and take it: two who create at once would otherwise take the
 * same. It is a hidden file that must not exist yet, and no lock of the operating system's: that would end for all
 * threads of a JVM when one of them closes the file.
 */
final class DirectoryLock {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    private final Path file;

    private DirectoryLock(Path file) {
        this.file = file;
    }

    /**
     * Waits until it is one's turn, and works.
     *
     * @throws CreateException if the folder cannot be written, or another one keeps it for longer than that
     */
    static <T> T holding(Path directory, Duration longest, Supplier<T> work) {
        DirectoryLock lock = of(directory, longest);
        try {
            return work.get();
        } finally {
            lock.release();
        }
    }

    private static DirectoryLock of(Path directory, Duration longest) {
        Path file = directory.resolve(".migrator-create.lock");
        long end = System.nanoTime() + longest.toNanos();
        do {
            try {
                Files.createFile(file);
                return new DirectoryLock(file);
            } catch (FileAlreadyExistsException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (IOException e) {
                throw new CreateException(
                        "The folder " + directory + " cannot be written: " + e + ". Nothing was written.",
                        "Mend its permissions, or name another folder.",
                        e);
            }
        } while (System.nanoTime() < end);
        throw new CreateException(
                "Somebody else creates a migration in " + directory + ", or was killed while doing so: there is " + file
                        + ". Nothing was written.",
                "If nobody else does, delete that file, and try again.");
    }

    /** One that cannot be deleted is told of by whoever comes next: what was written here is done. */
    private void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The file {} cannot be deleted; delete it: {}", file, e.toString());
        }
    }
}
