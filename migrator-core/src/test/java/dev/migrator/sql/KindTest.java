package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                "create /* x */ unique -- y\n index concurrently if not exists i on t (a)",
                "CREATE INDEX CONCURRENTLY ON t (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                "REINDEX TABLE CONCURRENTLY t",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX (CONCURRENTLY) TABLE t",
                "REINDEX (VERBOSE, CONCURRENTLY ON) TABLE t",
                "REINDEX (CONCURRENTLY true, TABLESPACE x) INDEX i",
                "REINDEX DATABASE d",
                "REINDEX DATABASE",
                "REINDEX SYSTEM d",
                "REINDEX SCHEMA s",
                "REINDEX (VERBOSE) SCHEMA s",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "ALTER TABLE IF EXISTS s.\"t\" DETACH PARTITION s.p CONCURRENTLY",
                "VACUUM",
                "VACUUM (FULL, ANALYZE) t",
                "vacuum full t",
                "CLUSTER",
                "CLUSTER VERBOSE",
                "CLUSTER (VERBOSE)",
                "CREATE DATABASE d",
                "DROP DATABASE IF EXISTS d",
                "ALTER DATABASE d SET TABLESPACE x",
                "ALTER DATABASE \"set\" SET TABLESPACE x",
                "CREATE TABLESPACE x LOCATION '/x'",
                "DROP TABLESPACE x",
                "ALTER SYSTEM SET work_mem = '4MB'",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = true, slot_name = off)",
                "DROP SUBSCRIPTION s",
                "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
                "ALTER SUBSCRIPTION s SET PUBLICATION p",
                "ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh, copy_data = false)",
                "ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (copy_data = false)",
                "ALTER SUBSCRIPTION s SET (failover = true)",
                "DISCARD ALL",
                "COMMIT PREPARED 'x'",
                "ROLLBACK PREPARED 'x'"
            })
    void cannotRunInATransaction(String statement) {
        assertThat(kindOf(statement)).isEqualTo(Kind.OUTSIDE_TRANSACTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (concurrently)",
                "CREATE INDEX \"concurrently\" ON t (a)",
                "DROP INDEX i",
                "REINDEX TABLE t",
                "REINDEX (CONCURRENTLY false) TABLE t",
                "REINDEX (CONCURRENTLY 0, VERBOSE) TABLE t",
                "REINDEX (VERBOSE) TABLE t",
                "ALTER TABLE t DETACH PARTITION p",
                "ALTER TABLE t DETACH PARTITION p FINALIZE",
                "ALTER TABLE t ADD COLUMN detach int",
                "ALTER TABLE t ALTER c SET DEFAULT 'DETACH PARTITION p CONCURRENTLY'",
                "CLUSTER t",
                "CLUSTER VERBOSE t USING i",
                "CLUSTER (VERBOSE) t",
                "CLUSTER \"t\"",
                "ALTER DATABASE d SET work_mem = '4MB'",
                "ALTER DATABASE d RESET ALL",
                "ALTER TABLE t SET TABLESPACE x",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (enabled = off, create_slot = 'off')",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = 0, slot_name = NONE)",
                "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
                "ALTER SUBSCRIPTION s SET (slot_name = NONE)",
                "ALTER SUBSCRIPTION s DISABLE",
                "DISCARD PLANS",
                "ANALYZE t",
                "SAVEPOINT a",
                "RELEASE a",
                "ROLLBACK TO a",
                "ROLLBACK WORK TO SAVEPOINT a",
                "PREPARE x AS SELECT 1",
                "START_TRANSACTION",
                "\"BEGIN\"",
                "'COMMIT'",
                "(SELECT 1)",
                "SELECT 1 FROM stdin",
                "COPY t FROM '/tmp/x'",
                "COPY t FROM 'stdin'",
                "COPY t FROM PROGRAM 'x'",
                "COPY t TO STDOUT",
                "COPY (SELECT * FROM stdin) TO STDOUT",
                "CREATE TYPE e AS ENUM ('ADD VALUE')",
                "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
                "ALTER TYPE c ADD ATTRIBUTE value int",
                "ALTER TABLE t ADD value int"
            })
    void isOrdinary(String statement) {
        assertThat(kindOf(statement)).isEqualTo(Kind.ORDINARY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN | BEGIN | false",
                "begin work | BEGIN | false",
                "BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY | BEGIN | false",
                "START TRANSACTION READ ONLY | BEGIN | false",
                "COMMIT | COMMIT | false",
                "END | COMMIT | false",
                "END TRANSACTION | COMMIT | false",
                "COMMIT WORK AND NO CHAIN | COMMIT | false",
                "COMMIT AND CHAIN | COMMIT | true",
                "end work and chain | COMMIT | true",
                "ROLLBACK | ROLLBACK | false",
                "ABORT | ROLLBACK | false",
                "ABORT TRANSACTION AND CHAIN | ROLLBACK | true",
                "ROLLBACK AND CHAIN | ROLLBACK | true",
                "PREPARE TRANSACTION 'x' | PREPARE_TRANSACTION | false"
            })
    void controlsTheTransaction(String text, Kind kind, boolean chain) {
        Statement statement = Scripts.read(text + ";").get(0);

        assertThat(statement.kind()).isEqualTo(kind);
        assertThat(statement.chain()).isEqualTo(chain);
        assertThat(statement.number()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t FROM STDIN",
                "copy s.\"t\" (a, b) from stdin with (format csv, header)",
                "COPY t FROM STDIN WHERE a > 1"
            })
    void isFollowedByData(String statement) {
        assertThat(Scripts.read(statement + ";\n\\.\n").get(0).kind()).isEqualTo(Kind.COPY_FROM_STDIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TYPE e ADD VALUE 'x'",
                "alter type s.e add value if not exists 'x' before 'a'",
                "ALTER TYPE add ADD VALUE 'x'"
            })
    void addsAnEnumValue(String statement) {
        assertThat(kindOf(statement)).isEqualTo(Kind.ADD_ENUM_VALUE);
    }

    @Test
    void theLastStatementsKindIsKnownWithoutItsSemicolon() {
        assertThat(Scripts.read("VACUUM").get(0).kind()).isEqualTo(Kind.OUTSIDE_TRANSACTION);
        assertThat(Scripts.read("CLUSTER t").get(0).kind()).isEqualTo(Kind.ORDINARY);
    }

    @Test
    void whatBeginsWithAParenthesisHasNothingOfTheStatementBefore() {
        List<Statement> statements =
                Scripts.read("ALTER SUBSCRIPTION s SET (slot_name = 'x'); (SELECT a, failover FROM t);");

        assertThat(statements).extracting(Statement::kind).containsExactly(Kind.ORDINARY, Kind.ORDINARY);
    }

    private static Kind kindOf(String statement) {
        return Scripts.read(statement + ";").get(0).kind();
    }
}
