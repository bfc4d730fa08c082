package dev.migrator.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A file, or a folder with all that is in it, of which no link is followed. What vanishes meanwhile is not missed. */
final class FileTree {

    private FileTree() {}

    /** In bytes. */
    static long size(Path root) throws IOException {
        AtomicLong bytes = new AtomicLong();
        walk(root, (file, attributes) -> bytes.addAndGet(attributes.size()));
        return bytes.get();
    }

    /** When something in it was written last. */
    static Instant lastWritten(Path root) throws IOException {
        AtomicLong newest = new AtomicLong(
                Files.getLastModifiedTime(root, LinkOption.NOFOLLOW_LINKS).toMillis());
        walk(
                root,
                (file, attributes) ->
                        newest.accumulateAndGet(attributes.lastModifiedTime().toMillis(), Math::max));
        return Instant.ofEpochMilli(newest.get());
    }

    /** What a crash of the machine must not lose. */
    static void force(Path root) throws IOException {
        walk(root, (file, attributes) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        });
    }

    /** The entries of a folder, on systems where a folder can be opened. */
    static void forceEntries(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not a system of that kind
        }
    }

    /** Removes it with all that is in it. */
    static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new Walk((file, attributes) -> Files.deleteIfExists(file)) {
            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void walk(Path root, OnFile onFile) throws IOException {
        Files.walkFileTree(root, new Walk(onFile));
    }

    /** What is done with each file. */
    @FunctionalInterface
    interface OnFile {

        void visit(Path file, BasicFileAttributes attributes) throws IOException;
    }

    private static class Walk extends SimpleFileVisitor<Path> {

        private final OnFile onFile;

        Walk(OnFile onFile) {
            this.onFile = onFile;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            onFile.visit(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
