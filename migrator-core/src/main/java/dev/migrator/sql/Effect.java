package dev.migrator.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a statement that runs outside of a transaction leaves in the catalog: by it one can tell afterwards whether the statement
 * was done. Names are as they are written, with quotes and schema, unless said otherwise.
 */
public sealed interface Effect {

    /** An index that is built with {@code CREATE INDEX CONCURRENTLY}. */
    record IndexBuilt(IndexStatement index) implements Effect {}

    /** An index that is dropped with {@code DROP INDEX CONCURRENTLY}. */
    record IndexDropped(String index) implements Effect {}

    /**
     * Indexes that are built again with {@code REINDEX … CONCURRENTLY}.
     *
     * @param name the index, the table or the schema; null for the whole database
     */
    record Reindexed(Scope scope, @Nullable String name) implements Effect {}

    /** A partition that is detached concurrently. */
    record PartitionDetached(String table, String partition) implements Effect {}

    /**
     * An object that is created.
     *
     * @param name as the catalog has it
     */
    record Created(Sort sort, String name) implements Effect {}

    /**
     * An object that is dropped.
     *
     * @param name as the catalog has it
     */
    record Dropped(Sort sort, String name) implements Effect {}

    /** Nothing that a second time would change: {@code VACUUM}, {@code ALTER SYSTEM}, … */
    record Repeatable() implements Effect {}

    /** Anything, as a procedure that commits in its middle: nobody can tell. */
    record Unknown() implements Effect {}

    /** What is built again. */
    enum Scope {
        INDEX,
        TABLE,
        SCHEMA,
        DATABASE
    }

    /** What is created or dropped. */
    enum Sort {
        DATABASE,
        TABLESPACE,
        SUBSCRIPTION
    }

    /** Reads a statement. */
    static Effect of(String statement) {
        return new EffectParser(statement).parse();
    }
}
