package dev.migrator.roundtrip;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up a history of which each script has one that takes it back. The same seed makes the same history. */
final class ReversibleHistory {

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    private int names;

    private ReversibleHistory(long seed) {
        this.random = new Random(seed);
        tables.add(new Table("first", new ArrayList<>(List.of("a"))));
    }

    /** A table, and its columns. */
    private record Table(String name, List<String> columns) {}

    /** What a statement does, and what takes that back. */
    private record Both(String forth, String back) {}

    /** A script, and what takes it back. */
    record Pair(String script, String rollback) {}

    /** Scripts for a database with a table {@code first (a int)}. */
    static List<Pair> of(long seed, int scripts) {
        ReversibleHistory history = new ReversibleHistory(seed);
        List<Pair> all = new ArrayList<>();
        for (int i = 0; i < scripts; i++) {
            all.add(history.pair());
        }
        return all;
    }

    private Pair pair() {
        StringBuilder script = new StringBuilder();
        StringBuilder rollback = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        boolean transaction = random.nextInt(4) == 0;
        for (int i = 0; i < parts; i++) {
            Both both = transaction ? plain() : any();
            script.append(both.forth).append(";\n");
            rollback.insert(0, both.back + (random.nextBoolean() ? ";\n" : "; -- ;'\r\n"));
        }
        return transaction
                ? new Pair("BEGIN;\n" + script + "COMMIT;", "BEGIN;\n" + rollback + "END;")
                : new Pair(script.toString(), rollback.toString());
    }

    private Both any() {
        return random.nextInt(4) == 0 ? index(" CONCURRENTLY") : plain();
    }

    private Both plain() {
        Table table = tables.get(random.nextInt(tables.size()));
        String column = table.columns.get(random.nextInt(table.columns.size()));
        String on = "ALTER TABLE " + table.name;
        return switch (random.nextInt(9)) {
            case 0, 1 -> table();
            case 2 -> {
                String added = name("\"C ");
                table.columns.add(added);
                yield new Both(on + " ADD COLUMN " + added + " int DEFAULT 7", on + " DROP COLUMN " + added);
            }
            case 3 -> index("");
            case 4 -> {
                String check = name("k");
                yield new Both(
                        on + " ADD CONSTRAINT " + check + " CHECK (" + column + " <> 8)",
                        on + " DROP CONSTRAINT " + check);
            }
            case 5 -> {
                String view = name("v");
                // on a column that never goes before the view does
                yield new Both(
                        "CREATE VIEW " + view + " AS SELECT " + column + " FROM " + table.name, "DROP VIEW " + view);
            }
            case 6 -> {
                String function = name("f");
                yield new Both(
                        "CREATE FUNCTION " + function + "() RETURNS int LANGUAGE sql AS $$ SELECT 1; -- ' $$",
                        "DROP FUNCTION " + function + "()");
            }
            case 7 -> {
                String renamed = name("r");
                int place = table.columns.indexOf(column);
                table.columns.set(place, renamed);
                yield new Both(
                        on + " RENAME COLUMN " + column + " TO " + renamed,
                        on + " RENAME COLUMN " + renamed + " TO " + column);
            }
            default -> {
                String sequence = name("s");
                yield new Both("CREATE SEQUENCE " + sequence, "DROP SEQUENCE " + sequence);
            }
        };
    }

    private Both table() {
        Table made = new Table(name("\"T;"), new ArrayList<>(List.of("a")));
        tables.add(made);
        return new Both("CREATE TABLE " + made.name + " (a int)", "DROP TABLE " + made.name);
    }

    private Both index(String concurrently) {
        Table table = tables.get(random.nextInt(tables.size()));
        String index = name("i");
        return new Both(
                "CREATE INDEX" + concurrently + " " + index + " ON " + table.name + " ("
                        + table.columns.get(random.nextInt(table.columns.size())) + ")",
                "DROP INDEX" + concurrently + " " + index);
    }

    private String name(String prefix) {
        return prefix + ++names + (prefix.startsWith("\"") ? "\"" : "");
    }
}
