package dev.migrator.create;

import dev.migrator.migration.MigrationName;
import dev.migrator.migration.Version;
import org.jspecify.annotations.Nullable;

/**
 * A versioned script's name as it is written, which says how the next one is to be written.
 *
 * @param version what stands in the name: with leading zeros, underscores and dashes
 * @param date the form of the version if it is a date before a name, or null
 * @param separator what stands between version and words
 * @param words the description as the name has it
 * @param order the version as it is compared
 * @param rollback whether the script takes a migration back
 */
record WrittenName(
        NameForm form,
        String version,
        @Nullable DateForm date,
        String separator,
        String words,
        Version order,
        boolean rollback) {

    /** Reads the path of a script, relative to its location; null if it is none, or has no version. */
    static @Nullable WrittenName of(String path) {
        MigrationName name = path.endsWith(".sql") ? MigrationName.ofScript(path) : null;
        if (name == null || name.version() == null) {
            return null;
        }
        boolean rollback = name.role() == MigrationName.Role.ROLLBACK;
        NameForm form = NameForm.of(path);
        String stem = form.stem(path);
        DateForm date = form == NameForm.FLYWAY ? null : DateForm.of(stem);
        int end = date != null
                ? date.version(stem).length()
                : form == NameForm.FLYWAY ? stem.indexOf("__") : digits(stem);
        String separator = form == NameForm.FLYWAY ? "__" : end == stem.length() ? "_" : stem.substring(end, end + 1);
        String words = stem.substring(Math.min(stem.length(), end + separator.length()));
        return new WrittenName(form, stem.substring(0, end), date, separator, words, name.version(), rollback);
    }

    private static int digits(String stem) {
        int end = 0;
        while (end < stem.length() && stem.charAt(end) >= '0' && stem.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
