package dev.migrator.migration.bad;

/** Implements nothing that is known here. */
final class V3__Of_another_tool {}
