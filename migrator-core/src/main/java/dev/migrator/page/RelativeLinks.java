package dev.migrator.page;

import dev.migrator.MigrationInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Relative ones, which are right behind any proxy. */
record RelativeLinks(String up, String name) implements Links {

    @Override
    public String overview() {
        return up + encoded(name);
    }

    @Override
    public String details(ShownMigrator migrator, MigrationInfo migration) {
        String asked = migration.version() == null ? migration.script() : migration.version();
        return overview() + "/"
                + Arrays.stream(asked.split("/", -1))
                        .map(RelativeLinks::encoded)
                        .collect(Collectors.joining("/"));
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
