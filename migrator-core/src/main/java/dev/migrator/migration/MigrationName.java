package dev.migrator.migration;

import org.jspecify.annotations.Nullable;

/**
 * What a name says: Flyway's form ({@code V1__init.sql}), numbered ({@code 0042_x.up.sql}) or a folder each
 * ({@code 20260128_x/up.sql}).
 *
 * @param version null for a repeatable
 */
public record MigrationName(Role role, @Nullable Version version, String description) {

    /** What a script of that name is for. */
    public enum Role {
        /** It runs once. */
        VERSIONED,
        /** It runs whenever it has changed. */
        REPEATABLE,
        /** It takes a versioned one back. */
        ROLLBACK
    }

    /**
     * Reads a script's path.
     *
     * @param path relative to its location, with slashes, ending in {@code .sql}
     * @return null if the name has none of the three forms
     */
    public static @Nullable MigrationName ofScript(String path) {
        int slash = path.lastIndexOf('/');
        String file = path.substring(slash + 1, path.length() - ".sql".length());
        MigrationName inFolder = slash < 0 ? null : ofFolder(path.substring(0, slash), file);
        if (inFolder != null) {
            return inFolder;
        }
        MigrationName flyway = ofFlyway(file);
        return flyway != null ? flyway : ofNumbered(file);
    }

    /**
     * Reads Flyway's form, without a suffix: {@code V1__init}, {@code U1__init}, {@code R__views}. Null if it is not that, or if
     * it ends as another tool's rollback script does.
     */
    public static @Nullable MigrationName ofFlyway(String name) {
        int separator = name.indexOf("__");
        if (separator < 1 || name.endsWith(".up") || name.endsWith(".down")) {
            return null;
        }
        String description = words(name.substring(separator + 2));
        String version = name.substring(1, separator);
        if (name.charAt(0) == 'R') {
            return version.isEmpty() && !description.isEmpty()
                    ? new MigrationName(Role.REPEATABLE, null, description)
                    : null;
        }
        Role role = name.charAt(0) == 'V' ? Role.VERSIONED : name.charAt(0) == 'U' ? Role.ROLLBACK : null;
        Version number = role == null ? null : Version.numeric(version);
        return role == null || number == null ? null : new MigrationName(role, number, description);
    }

    /** Reads the name of a Java migration, which is its class's as a rule: a proxy's has a suffix behind two dollar signs. */
    static @Nullable MigrationName ofClass(String name) {
        int proxy = name.indexOf("$$");
        return ofFlyway(proxy < 0 ? name : name.substring(0, proxy));
    }

    private static @Nullable MigrationName ofFolder(String path, String file) {
        Role role =
                switch (file) {
                    case "up", "migration" -> Role.VERSIONED;
                    case "down" -> Role.ROLLBACK;
                    default -> null;
                };
        return role == null ? null : numbered(role, path.substring(path.lastIndexOf('/') + 1));
    }

    private static @Nullable MigrationName ofNumbered(String file) {
        if (file.endsWith(".down")) {
            return numbered(Role.ROLLBACK, file.substring(0, file.length() - ".down".length()));
        }
        String stem = file.endsWith(".up") ? file.substring(0, file.length() - ".up".length()) : file;
        return numbered(Role.VERSIONED, stem);
    }

    private static @Nullable MigrationName numbered(Role role, String stem) {
        int date = DatePrefix.length(stem);
        if (date > 0) {
            return new MigrationName(role, Version.parse(stem), words(stem.substring(date)));
        }
        int digits = 0;
        while (digits < stem.length() && stem.charAt(digits) >= '0' && stem.charAt(digits) <= '9') {
            digits++;
        }
        Version version = Version.numeric(stem.substring(0, digits));
        if (version == null) {
            return null;
        }
        if (digits < stem.length() && stem.charAt(digits) != '_' && stem.charAt(digits) != '-') {
            return null;
        }
        return new MigrationName(role, version, words(stem.substring(Math.min(digits + 1, stem.length()))));
    }

    private static String words(String text) {
        return text.replace('_', ' ').strip();
    }
}
