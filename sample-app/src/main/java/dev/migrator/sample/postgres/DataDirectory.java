package dev.migrator.sample.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the server keeps its data, and what an earlier start may have left there. */
record DataDirectory(Path path) {

    /** Made by the embedded server when its database is complete, and locked as long as its application lives. */
    private static final String LOCK_FILE = "epg-lock";

    private static final String ELSEWHERE = "name another directory with BOOKSHOP_DATA_DIRECTORY.";

    /** Makes sure that a server can start here: the directory is there, complete or empty, and nobody's. */
    void prepare() {
        try {
            Files.createDirectories(path);
            if (!Files.isWritable(path)) {
                throw refused("may not be written", "Give this user the right to, or " + ELSEWHERE, null);
            }
            if (Files.exists(path.resolve(LOCK_FILE))) {
                takeOver();
            } else if (!isEmpty()) {
                throw refused(
                        "holds files, but no complete database of the sample: they are another's, "
                                + "or the first start was cut off",
                        "Delete it if nothing in it is needed, or " + ELSEWHERE,
                        null);
            }
        } catch (IOException failure) {
            throw refused("cannot be had (" + failure + ")", "Make room for it, or " + ELSEWHERE, failure);
        }
    }

    private void takeOver() throws IOException {
        try (FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw refused("is in use by another instance of the sample", "Stop that one, or " + ELSEWHERE, null);
            }
            Postmaster.stopLeftOver(path);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    private PostgresNotStartedException refused(String reason, String action, @Nullable Throwable cause) {
        return new PostgresNotStartedException("The data directory " + path + " " + reason + ".", action, cause);
    }
}
