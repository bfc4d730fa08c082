package dev.migrator.spring.autoconfigure;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters behind the question mark of a JDBC URL. */
final class UrlParameters {

    private UrlParameters() {}

    /** The URL without the parameters of these names; the others keep their order. */
    static String without(String url, Set<String> names) {
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url;
        }
        String kept = Arrays.stream(url.substring(mark + 1).split("&"))
                .filter(parameter -> !names.contains(parameter.split("=", 2)[0]))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? url.substring(0, mark) : url.substring(0, mark) + "?" + kept;
    }
}
