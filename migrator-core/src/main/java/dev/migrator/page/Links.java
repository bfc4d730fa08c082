package dev.migrator.page;

import dev.migrator.MigrationInfo;

/** Where things are, as seen from a page. */
public interface Links {

    /** The overview; in a report, its top. */
    String overview();

    /** The page of a migration. */
    String details(ShownMigrator migrator, MigrationInfo migration);

    /**
     * As seen from the overview itself.
     *
     * @param name the last part of the overview's path, as {@code migrations}
     */
    static Links fromOverview(String name) {
        return new RelativeLinks("", name);
    }

    /**
     * As seen from a migration's page, which is below the overview.
     *
     * @param name the last part of the overview's path, as {@code migrations}
     * @param asked what follows in the page's path, decoded: the version or the script's name, which may hold slashes
     */
    static Links fromDetails(String name, String asked) {
        return new RelativeLinks("../".repeat(asked.split("/", -1).length), name);
    }
}
