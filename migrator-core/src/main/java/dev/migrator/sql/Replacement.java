package dev.migrator.sql;

/**
 * A piece of a script for which another text is put in.
 *
 * @param from the offset of its first byte in the script
 * @param to the offset behind its last byte
 */
record Replacement(long from, long to, String value) {}
