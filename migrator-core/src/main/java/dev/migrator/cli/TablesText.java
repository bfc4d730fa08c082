package dev.migrator.cli;

import dev.migrator.TableInfo;
import java.util.List;
import java.util.Objects;

/** The tables of a schema, for people: each with a table of its columns. */
final class TablesText {

    private TablesText() {}

    static String of(List<TableInfo> tables) {
        if (tables.isEmpty()) {
            return "The schema has no tables.";
        }
        StringBuilder text = new StringBuilder();
        for (TableInfo table : tables) {
            TextTable columns = new TextTable("Column", "Type", "Nullable", "Default");
            for (TableInfo.Column column : table.columns()) {
                columns.row(
                        column.name(),
                        column.type(),
                        column.nullable() ? "yes" : "no",
                        Objects.requireNonNullElse(column.defaultValue(), ""));
            }
            text.append("Table ")
                    .append(TextTable.printable(table.name()))
                    .append("\n\n")
                    .append(columns)
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
