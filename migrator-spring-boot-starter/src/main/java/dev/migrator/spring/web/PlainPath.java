package dev.migrator.spring.web;

import java.util.List;
import java.util.Locale;

/**
 * A path that everybody who reads it understands alike. Servers, security filters and frameworks differ about dot segments,
 * parameters, doubled and encoded slashes; a path with one of these is never let through.
 */
final class PlainPath {

    private static final List<String> AMBIGUOUS =
            List.of("..", "/./", "//", ";", "\\", "%2e", "%2f", "%5c", "%3b", "%00");

    private PlainPath() {}

    static boolean is(String raw) {
        String path = raw.toLowerCase(Locale.ROOT);
        return AMBIGUOUS.stream().noneMatch(path::contains);
    }
}
