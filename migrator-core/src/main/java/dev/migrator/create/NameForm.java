package dev.migrator.create;

/** In which form a migration's stem, its version and words, becomes the path of a script. */
enum NameForm {
    /** {@code V1__x.sql} and {@code U1__x.sql}. */
    FLYWAY("V", ".sql", "U", ".sql"),
    /** {@code 1_x.sql} and {@code 1_x.down.sql}. */
    NUMBERED("", ".sql", "", ".down.sql"),
    /** {@code 1_x.up.sql} and {@code 1_x.down.sql}. */
    UP_AND_DOWN("", ".up.sql", "", ".down.sql"),
    /** {@code 1_x/up.sql} and {@code 1_x/down.sql}. */
    FOLDER("", "/up.sql", "", "/down.sql"),
    /** {@code 1_x/migration.sql} and {@code 1_x/down.sql}. */
    MIGRATION_FOLDER("", "/migration.sql", "", "/down.sql");

    private final String prefix;
    private final String suffix;
    private final String rollbackPrefix;
    private final String rollbackSuffix;

    NameForm(String prefix, String suffix, String rollbackPrefix, String rollbackSuffix) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.rollbackPrefix = rollbackPrefix;
        this.rollbackSuffix = rollbackSuffix;
    }

    String script(String stem) {
        return prefix + stem + suffix;
    }

    String rollback(String stem) {
        return rollbackPrefix + stem + rollbackSuffix;
    }

    /** The form of a path that is known to be a migration's or a rollback's. */
    static NameForm of(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        char first = file.charAt(0);
        if (first == 'V' || first == 'U') {
            return FLYWAY;
        }
        return switch (file) {
            case "up.sql", "down.sql" -> FOLDER;
            case "migration.sql" -> MIGRATION_FOLDER;
            default -> file.endsWith(".up.sql") || file.endsWith(".down.sql") ? UP_AND_DOWN : NUMBERED;
        };
    }

    /** The version and the words in such a path. */
    String stem(String path) {
        int end = path.length() - ".sql".length();
        String name = path.substring(0, end);
        return switch (this) {
            case FLYWAY -> lastName(name).substring(1);
            case NUMBERED -> lastName(name);
            case UP_AND_DOWN -> lastName(name.substring(0, name.lastIndexOf('.')));
            case FOLDER, MIGRATION_FOLDER -> lastName(name.substring(0, name.lastIndexOf('/')));
        };
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
