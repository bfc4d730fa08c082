package dev.migrator.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which dumps of a database are kept: the {@code keep} newest, the first of each of the {@code keep} newest occasions, those that
 * are not older than {@code keepFor}, and always the newest one and those that somebody names. With {@code keep} 0 all of them.
 *
 * @param keep how many
 * @param keepFor how long one beyond those is kept; null if it is not
 */
public record Retention(int keep, @Nullable Duration keepFor) {

    /** What fails at each restart is tried again within such a time; later it is another attempt, from another beginning. */
    private static final Duration SOON = Duration.ofDays(1);

    /** What the options say. */
    public static Retention of(BackupOptions options) {
        return new Retention(options.keep(), options.keepFor());
    }

    /**
     * What was done.
     *
     * @param deleted what is gone
     * @param warnings a line for each one that could not be deleted, or for the folder that could not be read
     */
    public record Result(List<Path> deleted, List<String> warnings) {

        public Result {
            deleted = List.copyOf(deleted);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Deletes what need not be kept.
     *
     * @param directory as in {@link BackupOptions#directory()}
     * @param named names of backups, as the history has them, that are kept; the folder in them does not count, for it may
     *     have been moved
     * @param now the moment from which ages count
     */
    public Result apply(Path directory, String database, Collection<String> named, Instant now) {
        List<Path> deleted = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try {
            for (BackupFile file : superfluous(new BackupFiles(directory).list(database), named, now)) {
                try {
                    FileTree.delete(file.path());
                    deleted.add(file.path());
                } catch (IOException e) {
                    warnings.add("The old backup " + file.path() + " could not be deleted: " + Reason.of(e));
                }
            }
        } catch (IOException e) {
            warnings.add("Old backups in " + directory + " were not looked for: " + Reason.of(e));
        }
        return new Result(deleted, warnings);
    }

    private List<BackupFile> superfluous(List<BackupFile> newestFirst, Collection<String> named, Instant now) {
        if (keep == 0) {
            return List.of();
        }
        Set<String> needed = named.stream().map(Retention::lastPart).collect(Collectors.toSet());
        List<BackupFile> first = firstOfOccasions(newestFirst);
        return newestFirst.stream()
                .skip(keep)
                .filter(file -> !first.contains(file))
                .filter(file -> keepFor == null || file.at().plus(keepFor).isBefore(now))
                .filter(file -> !needed.contains(lastPart(file.path().toString())))
                .toList();
    }

    /**
     * Of as many occasions as dumps are kept, the newest ones, the first dump of each: a migration that fails is tried again at
     * each restart, and what is as it was before all that is in the first one only.
     */
    private List<BackupFile> firstOfOccasions(List<BackupFile> newestFirst) {
        List<BackupFile> first = new ArrayList<>();
        for (BackupFile file : newestFirst) {
            int last = first.size() - 1;
            while (last >= 0 && !isBefore(first.get(last))) {
                last--; // what is taken by hand between two attempts makes the next one no other occasion
            }
            if (last >= 0 && isRetry(first.get(last), file)) {
                first.set(last, file);
            } else {
                first.add(file);
            }
        }
        return first.subList(0, Math.min(keep, first.size()));
    }

    private boolean isRetry(BackupFile file, BackupFile earlier) {
        return isBefore(file)
                && file.occasion().equals(earlier.occasion())
                && (keep == 1 || earlier.at().plus(SOON).isAfter(file.at()));
    }

    /** Before something ran; others are taken by hand. */
    private static boolean isBefore(BackupFile file) {
        return file.occasion().startsWith("before-");
    }

    /** Not by {@link Path}: what the history names may be a snapshot's id of any form. */
    private static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
