package dev.migrator.cli;

import dev.migrator.MigratorBuilder;

/** A group of options that describes a migrator, or a part of it, where no application has one. */
interface BuilderOptions {

    /** Says what its options say. */
    void applyTo(MigratorBuilder builder);
}
