package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.Loss.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

    @Test
    void tablesThatAreDropped() {
        assertThat(Loss.of("drop table if exists a, \"B c\" . d, e cascade"))
                .containsExactly(
                        new Loss(Sort.TABLE, "a", null),
                        new Loss(Sort.TABLE, "\"B c\".d", null),
                        new Loss(Sort.TABLE, "e", null));
        assertThat(Loss.of("DROP FOREIGN TABLE f")).containsExactly(new Loss(Sort.TABLE, "f", null));
    }

    @Test
    void columnsThatAreDroppedAmongOtherThings() {
        assertThat(Loss.of(
                        "alter table only s.t add x numeric(3, 2) default 1, drop constraint k, drop column if exists \"a,B\","
                                + " alter y set default 'drop, this', alter z drop not null, drop c cascade"))
                .containsExactly(new Loss(Sort.COLUMN, "s.t", "a,B"), new Loss(Sort.COLUMN, "s.t", "c"));
    }

    @Test
    void rowsThatGo() {
        assertThat(Loss.of("truncate only a, b")).extracting(Loss::sort).containsExactly(Sort.CONTENT, Sort.CONTENT);
        assertThat(Loss.of("TRUNCATE TABLE a")).containsExactly(new Loss(Sort.CONTENT, "a", null));
        assertThat(Loss.of("delete from only /* all */ a where x")).containsExactly(new Loss(Sort.ROWS, "a", null));
    }

    @Test
    void schemasAndCode() {
        assertThat(Loss.of("drop schema s cascade")).containsExactly(new Loss(Sort.SCHEMA, "s", null));
        assertThat(Loss.of("do $$ begin drop table a; end $$")).containsExactly(new Loss(Sort.CODE, "", null));
        assertThat(Loss.of("call p()")).containsExactly(new Loss(Sort.CODE, "", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop index i",
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
