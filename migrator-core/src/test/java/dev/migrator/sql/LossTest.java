package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.migrator.sql.Loss.Sort;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

    @Test
    void tablesThatAreDropped() {
        assertThat(Loss.of("drop table if exists a, \"B c\" . d, e cascade"))
                .containsExactly(
                        new Loss(Sort.TABLE, "a", null, true),
                        new Loss(Sort.TABLE, "\"B c\".d", null, true),
                        new Loss(Sort.TABLE, "e", null, true));
        assertThat(Loss.of("DROP FOREIGN TABLE f")).containsExactly(new Loss(Sort.TABLE, "f", null));
    }

    @Test
    void columnsThatAreDroppedAmongOtherThings() {
        assertThat(Loss.of(
                        "alter table only s.t add x numeric(3, 2) default 1, drop constraint k, drop column if exists \"a,B\","
                                + " alter y set default 'drop, this', alter z drop not null, drop c cascade"))
                .containsExactly(new Loss(Sort.COLUMN, "s.t", "a,B"), new Loss(Sort.COLUMN, "s.t", "c", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table t * drop c",
                "alter table only (t) drop c",
                "alter table t alter a set default e'\\', drop b', drop c",
                "alter table t alter a set default $x$it's$x$, drop c",
                "alter table t alter constraint type deferrable, drop c"
            })
    void columnsThatAreDroppedHoweverItIsWritten(String statement) {
        assertThat(Loss.of(statement)).containsExactly(new Loss(Sort.COLUMN, "t", "c"));
    }

    @Test
    void columnsThatGetAnotherType() {
        assertThat(Loss.of("alter table t alter column a set data type int, alter \"B\" type text using left(a, 3)"))
                .containsExactly(new Loss(Sort.TYPE, "t", "a"), new Loss(Sort.TYPE, "t", "B"));
    }

    @Test
    void attributesOfTypes() {
        assertThat(Loss.of("alter type addr drop attribute if exists zip cascade, alter attribute b set data type int"))
                .containsExactly(new Loss(Sort.ATTRIBUTE, "addr", "zip", true), new Loss(Sort.TYPE, "addr", "b"));
        assertThat(Loss.of("alter type mood add value 'drop attribute'")).isEmpty();
    }

    @Test
    void rowsThatGo() {
        assertThat(Loss.of("truncate only a, b")).extracting(Loss::sort).containsExactly(Sort.CONTENT, Sort.CONTENT);
        assertThat(Loss.of("TRUNCATE TABLE a")).containsExactly(new Loss(Sort.CONTENT, "a", null));
        assertThat(Loss.of("truncate a *, only (b) restart identity cascade"))
                .containsExactly(new Loss(Sort.CONTENT, "a", null, true), new Loss(Sort.CONTENT, "b", null, true));
        assertThat(Loss.of("merge into a using b on true when matched then delete"))
                .containsExactly(new Loss(Sort.ROWS, "a", null));
        assertThat(Loss.of("delete from only /* all */ a where x")).containsExactly(new Loss(Sort.ROWS, "a", null));
    }

    @Test
    void schemasAndCode() {
        assertThat(Loss.of("drop schema s cascade")).containsExactly(new Loss(Sort.SCHEMA, "s", null, true));
        assertThat(Loss.of("do $$ begin drop table a; end $$")).containsExactly(new Loss(Sort.CODE, "", null));
        assertThat(Loss.of("call p()")).containsExactly(new Loss(Sort.CODE, "", null));
    }

    @Test
    void valuesThatAreOverwritten() {
        assertThat(Loss.of("UPDATE ONLY \"A b\".c SET d = 1"))
                .containsExactly(new Loss(Sort.VALUES, "\"A b\".c", null));
        assertThat(Loss.of("merge into a using b on true when matched then update set c = 'delete'"))
                .containsExactly(new Loss(Sort.VALUES, "a", null));
        assertThat(Loss.of("insert into a as b values ('x', $$it's$$) on conflict (id) do update set v = excluded.v"))
                .containsExactly(new Loss(Sort.VALUES, "a", null));
        assertThat(Loss.of("insert into a values ('on conflict do update') on conflict do nothing"))
                .isEmpty();
        assertThat(Loss.of("with gone as (delete /* all */ from a returning *) insert into b select * from gone"))
                .containsExactly(new Loss(Sort.CODE, "", null));
        assertThat(Loss.of("with a as (select 1) insert into b select * from a"))
                .isEmpty();
    }

    @Test
    void whatGoesAlongWithSomethingElse() {
        assertThat(Loss.of("drop type if exists mood cascade"))
                .containsExactly(new Loss(Sort.DEPENDENTS, "type mood", null));
        assertThat(Loss.of("drop extension hstore CASCADE"))
                .containsExactly(new Loss(Sort.DEPENDENTS, "extension hstore", null));
        assertThat(Loss.of("drop function if exists f(int,\n text), \"G  h\"() cascade /* all */"))
                .containsExactly(new Loss(Sort.DEPENDENTS, "function f(int, text), \"G  h\"()", null));
        assertThat(Loss.of("drop cast (a as int) cascade"))
                .containsExactly(new Loss(Sort.DEPENDENTS, "cast (a as int)", null));
        assertThat(Loss.of("drop foreign data wrapper w cascade"))
                .containsExactly(new Loss(Sort.DEPENDENTS, "foreign data wrapper w", null));
        assertThat(Loss.of("drop type mood")).isEmpty();
        assertThat(Loss.of("drop owned by r")).containsExactly(new Loss(Sort.DEPENDENTS, "all that r owns", null));
    }

    /** Whatever is thrown at it: it comes to an end, without an error. */
    @Test
    void wordsInAnyOrder() {
        Random random = new Random(7);
        List<String> words = List.of(
                "drop",
                "table",
                "alter",
                "column",
                "only",
                "if",
                "exists",
                "truncate",
                "delete",
                "from",
                "with",
                "update",
                "schema",
                "type",
                "owned",
                "by",
                "cascade",
                ",",
                ".",
                "(",
                ")",
                "\"",
                "\"\"",
                "'",
                "U&\"x\"",
                "--",
                "\n",
                "/*",
                "*/",
                "$$",
                "\u00e4",
                "\0",
                "a",
                ";",
                "constraint",
                "foreign",
                "do",
                "call",
                "merge",
                "into",
                "\\",
                " ");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100_000; i++) {
                StringBuilder statement = new StringBuilder();
                for (int n = random.nextInt(14); n >= 0; n--) {
                    statement.append(words.get(random.nextInt(words.size()))).append(random.nextInt(3) > 0 ? " " : "");
                }
                String text = statement.toString();
                for (Loss loss : Loss.of(text)) {
                    assertThat(loss.relation().isEmpty()).as(text).isEqualTo(loss.sort() == Sort.CODE);
                }
            }
            assertThat(Loss.of("drop table " + "a, ".repeat(100_000) + "b")).hasSize(100_001);
            assertThat(Loss.of("alter table t drop a " + "(".repeat(100_000))).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collation de",
                "routine r()",
                "procedure r()",
                "aggregate a(int)",
                "operator +(int, int)",
                "view v",
                "materialized view v",
                "language l",
                "text search configuration c",
                "server s"
            })
    void whateverMayHaveColumnsThatDependOnIt(String object) {
        assertThat(Loss.of("drop " + object + " cascade")).containsExactly(new Loss(Sort.DEPENDENTS, object, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop index i cascade",
                "drop trigger t on u cascade",
                "drop view v",
                "create table t (dropped int)",
                "alter table t rename column a to b",
                "alter table t",
                "alter index i rename to j",
                "drop",
                "drop table",
                "select 1"
            })
    void nothingElseTakesDataAway(String statement) {
        assertThat(Loss.of(statement)).isEmpty();
    }
}
