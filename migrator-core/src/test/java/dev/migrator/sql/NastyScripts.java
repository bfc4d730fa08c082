package dev.migrator.sql;

import java.util.List;
import java.util.stream.Stream;

/** Valid scripts that a careless reader splits wrongly, with the statements that they consist of. */
final class NastyScripts {

    record Nasty(String name, String text, List<String> statements) {
        @Override
        public String toString() {
            return name;
        }
    }

    private NastyScripts() {}

    static Stream<Nasty> all() {
        return Stream.of(
                nasty("strings with semicolons", "SELECT ';'; SELECT 'it''s; ok';", "SELECT ';'", "SELECT 'it''s; ok'"),
                nasty("a backslash is ordinary in a string", "SELECT '\\'; SELECT 1;", "SELECT '\\'", "SELECT 1"),
                nasty(
                        "an E string has escapes",
                        "SELECT E'\\';', e'\\\\'; SELECT 1",
                        "SELECT E'\\';', e'\\\\'",
                        "SELECT 1"),
                nasty(
                        "a doubled quote in an E string",
                        "SELECT E'a''\\';b'; SELECT 1",
                        "SELECT E'a''\\';b'",
                        "SELECT 1"),
                nasty(
                        "an E string that goes on in the next line",
                        "SELECT E'a' -- it's so;\n 'b\\';c'; SELECT 1",
                        "SELECT E'a' -- it's so;\n 'b\\';c'",
                        "SELECT 1"),
                nasty(
                        "a name that ends with e before a string",
                        "CREATE DOMAIN date_ AS text; CREATE DOMAIN typee AS text; SELECT typee'\\'; SELECT date '2020-01-01'",
                        "CREATE DOMAIN date_ AS text",
                        "CREATE DOMAIN typee AS text",
                        "SELECT typee'\\'",
                        "SELECT date '2020-01-01'"),
                nasty(
                        "other prefixes",
                        "SELECT B'101', X'1F', N'a;', U&'d\\0061t;a', U&\"c;\" FROM (SELECT 1 AS \"c;\") s;SELECT 2",
                        "SELECT B'101', X'1F', N'a;', U&'d\\0061t;a', U&\"c;\" FROM (SELECT 1 AS \"c;\") s",
                        "SELECT 2"),
                nasty(
                        "quoted identifiers",
                        "CREATE TABLE \"a;\"\"b'\" (\"--\" int); SELECT \"--\" FROM \"a;\"\"b'\";",
                        "CREATE TABLE \"a;\"\"b'\" (\"--\" int)",
                        "SELECT \"--\" FROM \"a;\"\"b'\""),
                nasty(
                        "dollar quotes",
                        "SELECT $$a;'b$$; SELECT $x$ $$;$$ $y$ ; $y$ $x$;",
                        "SELECT $$a;'b$$",
                        "SELECT $x$ $$;$$ $y$ ; $y$ $x$"),
                nasty(
                        "a dollar quote that almost ends",
                        "SELECT $x$;$x;$$x$; SELECT 1",
                        "SELECT $x$;$x;$$x$",
                        "SELECT 1"),
                nasty(
                        "a tag of other letters",
                        "SELECT $größe_1$;$größe_1$; SELECT 1",
                        "SELECT $größe_1$;$größe_1$",
                        "SELECT 1"),
                nasty(
                        "dollars in identifiers",
                        "CREATE TABLE a$b$ (c$$d int); SELECT c$$d FROM a$b$; SELECT 1 AS ü$ü$",
                        "CREATE TABLE a$b$ (c$$d int)",
                        "SELECT c$$d FROM a$b$",
                        "SELECT 1 AS ü$ü$"),
                nasty(
                        "parameters",
                        "PREPARE p AS SELECT $1::int+$2::int; EXECUTE p(1,2);",
                        "PREPARE p AS SELECT $1::int+$2::int",
                        "EXECUTE p(1,2)"),
                nasty(
                        "block comments, nested",
                        "SELECT 1 /* ; /* ' */ ; */; /* ; */ SELECT /**/ 2 /*/ ; */;",
                        "SELECT 1 /* ; /* ' */ ; */",
                        "SELECT /**/ 2 /*/ ; */"),
                nasty(
                        "line comments",
                        "SELECT 1 -- ;'\n; -- SELECT 2;\nSELECT 3 --",
                        "SELECT 1 -- ;'\n",
                        "SELECT 3 --"),
                nasty("a line comment ends with CR", "SELECT 1 --;\r, 2; SELECT 3", "SELECT 1 --;\r, 2", "SELECT 3"),
                nasty(
                        "comments that begin inside of operators",
                        "SELECT 1+/* ; */2; SELECT 1 *-- ;\n2; SELECT 3 -/**/- 4",
                        "SELECT 1+/* ; */2",
                        "SELECT 1 *-- ;\n2",
                        "SELECT 3 -/**/- 4"),
                nasty(
                        "operators",
                        "SELECT '{\"a\":1}'::jsonb ? 'a', '{}'::jsonb ?| array['a;'], '[1]'::jsonb @> '1', 7 % 2, 2 / 1;SELECT 1",
                        "SELECT '{\"a\":1}'::jsonb ? 'a', '{}'::jsonb ?| array['a;'], '[1]'::jsonb @> '1', 7 % 2, 2 / 1",
                        "SELECT 1"),
                nasty(
                        "a rule with several commands",
                        "CREATE TABLE t (a int); CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT ')'; SELECT 2); SELECT 3",
                        "CREATE TABLE t (a int)",
                        "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT ')'; SELECT 2)",
                        "SELECT 3"),
                nasty(
                        "a routine body in SQL",
                        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; END; SELECT f(1);",
                        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; END",
                        "SELECT f(1)"),
                nasty(
                        "a body with case and end as names",
                        "create or replace procedure p() begin atomic select 1 as end; select s.\"case\", (case when true then 1 end) as case from (select 1 as \"case\") s; end; call p();",
                        "create or replace procedure p() begin atomic select 1 as end; select s.\"case\", (case when true then 1 end) as case from (select 1 as \"case\") s; end",
                        "call p()"),
                nasty(
                        "a function named begin",
                        "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'; SELECT begin();",
                        "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
                        "SELECT begin()"),
                nasty(
                        "a function in dollar quotes",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $body$\nBEGIN\n  -- don't;\n  EXECUTE $q$SELECT ';'$q$;\n  RETURN NULL;\nEND;\n$body$;\nSELECT 1;",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $body$\nBEGIN\n  -- don't;\n  EXECUTE $q$SELECT ';'$q$;\n  RETURN NULL;\nEND;\n$body$",
                        "SELECT 1"),
                nasty(
                        "begin and end outside of routines",
                        "CREATE TABLE begin (\"end\" int); SELECT CASE WHEN 1=1 THEN 2 END AS begin; DO $$BEGIN NULL; END$$;",
                        "CREATE TABLE begin (\"end\" int)",
                        "SELECT CASE WHEN 1=1 THEN 2 END AS begin",
                        "DO $$BEGIN NULL; END$$"),
                nasty("CRLF", "SELECT 1\r\n  + 2;\r\n-- x\r\nSELECT 3;\r\n", "SELECT 1\r\n  + 2", "SELECT 3"),
                nasty("a byte order mark", "\uFEFFSELECT 1; SELECT 2", "SELECT 1", "SELECT 2"),
                nasty(
                        "other letters",
                        "CREATE TABLE größe (ключ int); SELECT '日本;語', '🙂' FROM größe",
                        "CREATE TABLE größe (ключ int)",
                        "SELECT '日本;語', '🙂' FROM größe"),
                nasty("empty statements", ";;SELECT 1;; ;/* ; */;", "SELECT 1"),
                nasty("no last semicolon", "SELECT 1;\nSELECT 2  \n", "SELECT 1", "SELECT 2"),
                nasty("white space of all kinds", "SELECT\f1;\u000B\f\tSELECT\t2;", "SELECT\f1", "SELECT\t2"),
                nasty(
                        "the lines of pg_dump",
                        "\\restrict abc;'\nSELECT pg_catalog.set_config('search_path', current_schema(), false);\n\\unrestrict abc\n",
                        "SELECT pg_catalog.set_config('search_path', current_schema(), false)"),
                nasty(
                        "numbers",
                        "SELECT 1e5, 1.5e-3, .5 FROM (SELECT 1) AS s;SELECT 2",
                        "SELECT 1e5, 1.5e-3, .5 FROM (SELECT 1) AS s",
                        "SELECT 2"),
                nasty(
                        "array slices and casts",
                        "SELECT (ARRAY[1,2])[1:2], 'a'::text; SELECT 1",
                        "SELECT (ARRAY[1,2])[1:2], 'a'::text",
                        "SELECT 1"),
                nasty(
                        "strings with escapes by setting",
                        "SET standard_conforming_strings = off; SET escape_string_warning = off; SELECT '\\';'; SET standard_conforming_strings TO 'on'; SELECT '\\'; SELECT 1",
                        "SET standard_conforming_strings = off",
                        "SET escape_string_warning = off",
                        "SELECT '\\';'",
                        "SET standard_conforming_strings TO 'on'",
                        "SELECT '\\'",
                        "SELECT 1"),
                nasty(
                        "strings with escapes until RESET",
                        "set session standard_conforming_strings to false; SELECT E'\\';'; RESET ALL; SELECT '\\';",
                        "set session standard_conforming_strings to false",
                        "SELECT E'\\';'",
                        "RESET ALL",
                        "SELECT '\\'"));
    }

    private static Nasty nasty(String name, String text, String... statements) {
        return new Nasty(name, text, List.of(statements));
    }
}
