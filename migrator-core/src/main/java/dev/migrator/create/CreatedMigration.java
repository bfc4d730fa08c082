package dev.migrator.create;

import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param version the new migration's
 * @param files the migration, and its rollback if it has one in a file of its own
 */
public record CreatedMigration(String version, List<Path> files) {

    public CreatedMigration {
        files = List.copyOf(files);
    }
}
