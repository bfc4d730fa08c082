package dev.migrator.spring.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The document: its own words, and in the place of each line {@code {{name}}} the request of that name and its answer, of
 * {@code {{fields name prefix}}} the fields of that answer which begin with the prefix, and with none that is longer; what
 * begins with the prefix of a {@code {{no-fields name prefix}}} stands nowhere.
 */
final class RestDocument {

    private static final Pattern REQUEST = Pattern.compile("\\{\\{([a-z0-9-]+)}}");
    private static final Pattern FIELDS = Pattern.compile("\\{\\{(no-)?fields ([a-z0-9-]+) ?(\\S*)}}\n");
    private static final int TABLE_HEAD = 2;

    private final String words;
    private final Path snippets;

    RestDocument(String words, Path snippets) {
        this.words = words;
        this.snippets = snippets;
    }

    /** The whole text. */
    String text() {
        String withTables = FIELDS.matcher(words).replaceAll(found -> Matcher.quoteReplacement(table(found)));
        return REQUEST.matcher(withTables).replaceAll(found -> Matcher.quoteReplacement(request(found.group(1))));
    }

    /** Requests that were written down and are not in the words. */
    List<String> forgotten() throws IOException {
        List<String> shown =
                REQUEST.matcher(words).results().map(found -> found.group(1)).toList();
        try (Stream<Path> folders = Files.list(snippets)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !shown.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private String request(String name) {
        return snippet(name, "curl-request") + "\n\n" + snippet(name, "http-response");
    }

    private String table(MatchResult mark) {
        if (mark.group(1) != null) {
            return "";
        }
        String name = mark.group(2);
        String prefix = "| `" + mark.group(3);
        List<String> longer = prefixes(name).stream()
                .filter(other -> other.length() > mark.group(3).length())
                .map("| `"::concat)
                .toList();
        List<String> lines = snippet(name, "response-fields").lines().toList();
        List<String> rows = new ArrayList<>(lines.subList(0, TABLE_HEAD));
        lines.stream()
                .skip(TABLE_HEAD)
                .filter(row -> row.startsWith(prefix) && longer.stream().noneMatch(row::startsWith))
                .map(row -> "| `" + row.substring(prefix.length()))
                .forEach(rows::add);
        return String.join("\n", rows) + "\n";
    }

    private List<String> prefixes(String name) {
        return FIELDS.matcher(words)
                .results()
                .filter(found -> found.group(2).equals(name))
                .map(found -> found.group(3))
                .toList();
    }

    private String snippet(String name, String kind) {
        try {
            return Files.readString(snippets.resolve(name).resolve(kind + ".md"))
                    .strip();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
