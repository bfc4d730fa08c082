package dev.migrator.create;

/**
 * A template that can be chosen.
 *
 * @param name by which it is chosen
 * @param summary one line that says what it is for; empty where the template does not say
 */
public record Template(String name, String summary) {}
