package dev.migrator.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How the tests ask the finder, and what they read in its answer. */
final class Finding {

    private Finding() {}

    static Found in(ClassLoader loader, String... locations) {
        return new MigrationFinder(Stream.of(locations).map(Location::parse).toList(), List.of(), loader).find();
    }

    static Found in(String... locations) {
        return in(Finding.class.getClassLoader(), locations);
    }

    static Found java(JavaMigration... migrations) {
        return new MigrationFinder(List.of(), List.of(migrations), Finding.class.getClassLoader()).find();
    }

    /** The scripts' paths, sorted. */
    static List<String> scripts(Found found) {
        return found.migrations().stream().map(Migration::script).sorted().toList();
    }

    static Migration migration(Found found, String script) {
        return found.migrations().stream()
                .filter(migration -> migration.script().equals(script))
                .findFirst()
                .orElseThrow();
    }

    /** The kinds of the issues with their places, sorted. */
    static List<String> issues(Found found) {
        return found.issues().stream()
                .sorted(Comparator.comparing(Found.Issue::where))
                .map(issue -> issue.kind() + " " + issue.where())
                .toList();
    }

    static String text(Migration migration) throws IOException {
        return text(((Migration.Sql) migration.content()).script());
    }

    static String text(Script script) throws IOException {
        try (InputStream in = script.source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
