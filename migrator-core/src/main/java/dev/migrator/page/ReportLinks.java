package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Within one file: each migration has an anchor, as {@code #m-12}. */
final class ReportLinks implements Links {

    private final Map<String, String> anchors = new HashMap<>();

    ReportLinks(List<ShownMigrator> migrators) {
        Set<String> taken = new HashSet<>();
        for (ShownMigrator migrator : migrators) {
            String prefix = migrators.size() > 1 ? "m-" + plain(migrator.key()) + "-" : "m-";
            for (MigrationInfo migration : migrator.status().migrations()) {
                String name = prefix + plain(migration.version() == null ? migration.script() : migration.version());
                String anchor = name;
                for (int number = 2; !taken.add(anchor); number++) {
                    anchor = name + "-" + number;
                }
                anchors.putIfAbsent(key(migrator, migration), anchor);
                anchors.putIfAbsent(looseKey(migrator, migration), anchor);
            }
        }
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static String key(ShownMigrator migrator, MigrationInfo migration) {
        return migrator.key() + "\n" + migration.version() + "\n" + migration.script();
    }

    /** A row of the history may have had another script. */
    private static String looseKey(ShownMigrator migrator, MigrationInfo migration) {
        return migrator.key() + "\n" + (migration.version() == null ? migration.script() : migration.version());
    }

    String anchor(ShownMigrator migrator, MigrationInfo migration) {
        String exact = anchors.get(key(migrator, migration));
        return Objects.requireNonNull(exact == null ? anchors.get(looseKey(migrator, migration)) : exact);
    }

    @Override
    public String overview() {
        return "#content";
    }

    @Override
    public String details(ShownMigrator migrator, MigrationInfo migration) {
        return "#" + anchor(migrator, migration);
    }
}
