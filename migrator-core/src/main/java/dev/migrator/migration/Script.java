package dev.migrator.migration;

/**
 * A script that was found.
 *
 * @param path its path relative to its location, with slashes
 * @param origin the location it was found in and its place there, for messages
 */
public record Script(String path, String origin, ScriptSource source) {}
