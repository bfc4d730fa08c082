package dev.migrator.spring.web;

import java.util.Set;

/**
 * Paths that are let through while the gate is closed, each with all that is below it.
 *
 * @param exact paths without what is below them
 * @param trees paths with what is below them; none ends with a slash
 */
public record ExemptPaths(Set<String> exact, Set<String> trees) {

    /** For an application whose main port has nothing that must answer throughout. */
    public static ExemptPaths none() {
        return new ExemptPaths(Set.of(), Set.of());
    }

    boolean contain(String path) {
        return exact.contains(path)
                || trees.stream()
                        .anyMatch(tree -> path.startsWith(tree)
                                && (path.length() == tree.length() || path.charAt(tree.length()) == '/'));
    }
}
