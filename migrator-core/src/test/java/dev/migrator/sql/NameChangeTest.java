package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameChangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path to a",
                "SET LOCAL Search_Path = a",
                "set session \"SEARCH_PATH\" = a",
                "set U&\"search_path\" = a",
                "set schema 'a'",
                "set role r",
                "set local role r",
                "set session authorization r",
                "set session_authorization = r",
                "reset search_path",
                "reset session authorization",
                "reset all",
                "discard all",
                "select set_config('search_path', '', false)",
                "SELECT 1, pg_catalog.SET_CONFIG('search_path', '', false)"
            })
    void settingsThatLetNamesMeanSomethingElse(String statement) {
        assertThat(NameChange.untilTheEnd(statement)).isTrue();
        assertThat(NameChange.forGood(statement)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table a rename to b",
                "alter table a set schema b",
                "alter view if exists a rename to b",
                "alter schema a rename to b",
                "alter materialized view a rename to b",
                "alter table a /* c */ rename /* d */ column b to c"
            })
    void namesThatAreGivenAnew(String statement) {
        assertThat(NameChange.forGood(statement)).isTrue();
        assertThat(NameChange.untilTheEnd(statement)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set lock_timeout = '1s'",
                "set local time zone 'UTC'",
                "set transaction read only",
                "set constraints all deferred",
                "set session characteristics as transaction read only",
                "reset lock_timeout",
                "select 'set_config'",
                "alter table a add b text default 'rename'",
                "alter table a alter b set (n_distinct = 1)",
                "alter type a rename to b",
                "alter index a rename to b",
                "alter function a() set schema b",
                "update a set role = 1",
                "drop table a"
            })
    void nothingElseChangesWhatNamesMean(String statement) {
        assertThat(NameChange.untilTheEnd(statement)).isFalse();
        assertThat(NameChange.forGood(statement)).isFalse();
    }
}
