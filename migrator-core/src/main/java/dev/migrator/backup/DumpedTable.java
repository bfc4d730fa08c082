package dev.migrator.backup;

/**
 * A table in a dump.
 *
 * @param oid its {@code pg_class.oid} in the database that the dump was made of
 * @param name schema, name and owner with spaces between them, as {@code pg_restore --list} has them: for reading only, since
 *     each of them may hold spaces, and line ends have become spaces
 * @param kind what it is
 */
public record DumpedTable(long oid, String name, Kind kind) {

    /** What a table in a dump can be. */
    public enum Kind {
        /** The definition of a table; a partitioned one too. */
        TABLE,
        /** The definition of a foreign table. */
        FOREIGN_TABLE,
        /** The rows of a table. */
        DATA
    }
}
