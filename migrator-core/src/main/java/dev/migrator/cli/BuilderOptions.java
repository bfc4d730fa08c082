package dev.migrator.cli;

import dev.migrator.Migrator;

/** A group of options that describes a migrator, or a part of it, where no application has one. */
interface BuilderOptions {

    /** Says what its options say. */
    void applyTo(Migrator.Builder builder);
}
