package dev.migrator.psql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up a history such as grows over ten years: every lexical oddity that PostgreSQL has, transactions of the scripts'
 * own, statements that cannot be in one, COPY data, settings, half-commented scripts. The same seed makes the same history.
 */
final class WildHistory {

    private final Random random;
    private final List<String> tables = new ArrayList<>();
    private int names;

    private WildHistory(long seed) {
        this.random = new Random(seed);
    }

    static List<String> of(long seed, int scripts) {
        WildHistory history = new WildHistory(seed);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < scripts; i++) {
            all.add(history.script());
        }
        return all;
    }

    private String script() {
        StringBuilder script =
                new StringBuilder(oneOf("", "\uFEFF", "-- a script; with 'this' and \"that\"\n", "/* /* ; */ $$ */\n"));
        int parts = 1 + random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            script.append(random.nextInt(5) == 0 ? transaction() : statement()).append(gap());
        }
        String text = script.toString();
        return random.nextInt(8) == 0 && !text.contains("\\.") && !text.contains("$")
                ? text.replace("\n", "\r\n")
                : text;
    }

    private String transaction() {
        List<String> before = List.copyOf(tables);
        StringBuilder text = new StringBuilder(
                        oneOf("BEGIN", "begin transaction", "START TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                .append(";\n");
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            text.append(plainStatement()).append(gap());
        }
        String end = oneOf("COMMIT;", "END;", "commit work;", "ROLLBACK;");
        if (end.startsWith("ROLLBACK")) {
            tables.retainAll(before);
        }
        return text.append(end).toString();
    }

    private String statement() {
        return switch (random.nextInt(9)) {
            case 0 -> "CREATE INDEX CONCURRENTLY ON " + table() + " (a)" + end();
            case 1 -> "VACUUM " + table() + end();
            case 2 -> copy();
            case 3 -> enumValue();
            case 4 -> "SET search_path = public, pg_catalog" + end();
            default -> plainStatement();
        };
    }

    private String plainStatement() {
        String table = table();
        return switch (random.nextInt(11)) {
            case 0 -> createTable();
            case 1 -> "INSERT INTO " + table + " (a, t) VALUES (" + random.nextInt(100) + ", " + text() + ")" + end();
            case 2 -> "ALTER TABLE " + table + " ADD COLUMN " + name("c") + " text DEFAULT " + text() + end();
            case 3 -> "COMMENT ON TABLE " + table + " IS " + literal() + end();
            case 4 -> function();
            case 5 -> "DO " + dollars("BEGIN INSERT INTO " + table + " (a, t) VALUES (1, " + text() + "); END") + end();
            case 6 ->
                "UPDATE " + table + " SET a = a + 1, t = " + text() + " WHERE a @> -1 IS NOT NULL".replace("@> -1 ", "")
                        + end();
            case 7 ->
                "CREATE RULE " + name("r") + " AS ON DELETE TO " + table + " DO ALSO (SELECT 1; SELECT " + text() + ";)"
                        + end();
            case 8 -> "SELECT count(*), " + text() + " FROM " + table + end();
            case 9 ->
                "CREATE OR REPLACE VIEW " + name("v") + " AS SELECT a, t || " + text() + " AS \"semi;colon\" FROM "
                        + table + end();
            default -> "INSERT INTO " + table + " (a, t) SELECT i, " + text() + " FROM generate_series(1, 5) i" + end();
        };
    }

    private String createTable() {
        String table = oneOf("t", "\"T;%\"", "tabelle_\u00e4", "\"quo\"\"te").replace("%", "");
        String name = table.startsWith("\"") ? table.replaceFirst("\"$", "") + ++names + "\"" : table + ++names;
        tables.add(name);
        return "CREATE TABLE " + name + " (a int, /* ; */ t text DEFAULT " + text() + ") -- trailing ;\n" + end();
    }

    private String table() {
        if (tables.isEmpty()) {
            tables.add("first");
            return "first";
        }
        return tables.get(random.nextInt(tables.size()));
    }

    private String function() {
        String name = name("f");
        return switch (random.nextInt(3)) {
            case 0 ->
                "CREATE FUNCTION " + name + "(i int) RETURNS int LANGUAGE plpgsql AS "
                        + dollars("BEGIN IF i > 0 THEN RETURN 1; END IF; RAISE NOTICE 'x;'; RETURN 2; END") + end();
            case 1 ->
                "CREATE OR REPLACE FUNCTION " + name
                        + "(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN i > 0 THEN 1 ELSE 2 END; SELECT 3; END"
                        + end();
            default ->
                "CREATE FUNCTION " + name
                        + "(i int) RETURNS int LANGUAGE sql AS 'SELECT ''; ''::text IS NULL; SELECT i'"
                                .replace("SELECT ''; ''::text IS NULL; ", "")
                        + end();
        };
    }

    private String enumValue() {
        String type = name("e");
        return "CREATE TYPE " + type + " AS ENUM ('new')" + end() + gap() + "ALTER TYPE " + type + " ADD VALUE 'do;ne'"
                + end() + gap() + "SELECT 'do;ne'::" + type + end();
    }

    private String copy() {
        String table = table();
        return random.nextBoolean()
                ? "COPY " + table + " (a, t) FROM STDIN;\n1\tone; 'two\n2\t\\N\n3\t$$ -- /*\n\\.\n"
                : "COPY " + table + " (a, t) FROM stdin WITH (FORMAT csv, HEADER true);\na,t\n1,\"x;\ny\"\n\\.\n";
    }

    private String dollars(String body) {
        String tag = body.contains("$$") ? oneOf("$body$", "$_1$", "$\u00e4$") : "$$";
        return tag + "\n" + body + ";\n" + tag;
    }

    private String text() {
        return random.nextInt(16) == 0 ? "('{\"a\": 1}'::jsonb ? 'a')::text" : literal();
    }

    private String literal() {
        return oneOf(
                "'plain'",
                "'semi;colon'",
                "'it''s'",
                "'back\\slash'",
                "E'back\\\\slash\\';'",
                "U&'d\\0061t\\+000061'",
                "$$dollar;'s$$",
                "$a$ $$ ; $b$ $a$",
                "'--not a comment'",
                "'/*nor this'",
                "'two'\n'parts;'",
                "'\u00e4\u00f6\u00fc \u65e5\u672c \ud83d\ude00'",
                "'{d 2020-01-01}'",
                "'${not} ? :x'");
    }

    private String end() {
        return oneOf(";", ";", ";", " ;", " -- end;\n;", "/* ; */;");
    }

    private String gap() {
        return oneOf("\n", "\n\n", " ", "\n-- ; '\n", "\n/* ; /* $$ */ ' */\n", "\n;\n");
    }

    private String name(String prefix) {
        return prefix + ++names;
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
