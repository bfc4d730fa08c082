package dev.migrator.backup;

import dev.migrator.postgres.SharedSnapshot.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether a dump holds all tables of the state that it was made of, each with its rows; told by their oids. */
final class DumpCompleteness {

    private static final String ACTION =
            "Try again; where it comes back, look at pg_restore --list of a dump made by hand.";

    private static final int NAMED = 3;

    private DumpCompleteness() {}

    /**
     * Reads its table of contents.
     *
     * @throws BackupException if it cannot be read, or something is missing in it
     */
    static void require(ClientPrograms programs, Path dump, List<Table> tables) throws BackupException {
        DumpContents contents;
        try {
            contents = DumpContents.read(programs, dump);
        } catch (BackupException e) {
            throw BackupException.failed("the new dump cannot be read: " + e.getMessage(), ACTION, e);
        }
        Set<Long> defined = oids(contents, kind -> kind != DumpedTable.Kind.DATA);
        // those of extensions' configuration tables besides
        Set<Long> filled = oids(contents, kind -> kind == DumpedTable.Kind.DATA);
        String undefined = names(tables, table -> !defined.contains(table.oid()));
        if (!undefined.isEmpty() || defined.size() != tables.size()) {
            throw failed("the new dump has " + defined.size() + " tables, and the database " + tables.size()
                    + (undefined.isEmpty() ? "" : "; it lacks " + undefined));
        }
        String unfilled = names(tables, table -> table.rows() && !filled.contains(table.oid()));
        if (!unfilled.isEmpty()) {
            throw failed("the new dump lacks the rows of " + unfilled);
        }
    }

    private static BackupException failed(String message) {
        return BackupException.failed(message, ACTION, null);
    }

    private static Set<Long> oids(DumpContents contents, Predicate<DumpedTable.Kind> wanted) {
        return contents.tables().stream()
                .filter(table -> wanted.test(table.kind()))
                .map(DumpedTable::oid)
                .collect(Collectors.toSet());
    }

    private static String names(List<Table> tables, Predicate<Table> wanted) {
        List<String> names = tables.stream().filter(wanted).map(Table::name).toList();
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
