package dev.migrator.migration;

/**
 * Where migrations are looked for: {@code classpath:db/migration} or {@code filesystem:/srv/migrations}.
 *
 * @param kind class path or file system
 * @param path without leading and trailing slashes on the class path
 */
public record Location(Kind kind, String path) {

    /** Where applications keep their migrations if they say nothing else. */
    public static final Location DEFAULT = new Location(Kind.CLASSPATH, "db/migration");

    /** The two sorts of locations. */
    public enum Kind {
        CLASSPATH("classpath:"),
        FILESYSTEM("filesystem:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Reads a location; without a prefix it is on the class path.
     *
     * @throws IllegalArgumentException if its prefix is unknown
     */
    public static Location parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith(Kind.FILESYSTEM.prefix)) {
            String path = trimmed.substring(Kind.FILESYSTEM.prefix.length());
            if (path.isBlank()) {
                throw new IllegalArgumentException("The location '" + text + "' names no directory.");
            }
            return new Location(Kind.FILESYSTEM, path);
        }
        String path =
                trimmed.startsWith(Kind.CLASSPATH.prefix) ? trimmed.substring(Kind.CLASSPATH.prefix.length()) : trimmed;
        String folder = withoutSlashes(path);
        if (folder.isBlank() || folder.indexOf(':') >= 0 || folder.indexOf('*') >= 0) {
            throw new IllegalArgumentException("The location '" + text
                    + "' is not understood. It begins with classpath: or filesystem: and names a folder, as"
                    + " classpath:db/migration.");
        }
        return new Location(Kind.CLASSPATH, folder);
    }

    private static String withoutSlashes(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    @Override
    public String toString() {
        return kind.prefix + path;
    }
}
