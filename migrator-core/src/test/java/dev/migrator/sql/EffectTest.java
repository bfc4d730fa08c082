package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.Effect.Created;
import dev.migrator.sql.Effect.Dropped;
import dev.migrator.sql.Effect.IndexDropped;
import dev.migrator.sql.Effect.PartitionDetached;
import dev.migrator.sql.Effect.Reindexed;
import dev.migrator.sql.Effect.Scope;
import dev.migrator.sql.Effect.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectTest {

    @Test
    void indexes() {
        assertThat(Effect.of("CREATE UNIQUE INDEX CONCURRENTLY i ON shop.book (id)"))
                .isEqualTo(new Effect.IndexBuilt(new IndexStatement(true, "i", "shop.book", " (id)")));
        assertThat(Effect.of("DROP INDEX /* x */ CONCURRENTLY IF EXISTS Shop . \"I\" CASCADE"))
                .isEqualTo(new IndexDropped("Shop.\"I\""));
        assertThat(Effect.of("REINDEX INDEX CONCURRENTLY shop.i")).isEqualTo(new Reindexed(Scope.INDEX, "shop.i"));
        assertThat(Effect.of("reindex (verbose, concurrently) table \"B\""))
                .isEqualTo(new Reindexed(Scope.TABLE, "\"B\""));
        assertThat(Effect.of("REINDEX SCHEMA CONCURRENTLY shop")).isEqualTo(new Reindexed(Scope.SCHEMA, "shop"));
        assertThat(Effect.of("REINDEX DATABASE CONCURRENTLY")).isEqualTo(new Reindexed(Scope.DATABASE, null));
    }

    @Test
    void commentsInNamesDoNotCount() {
        assertThat(Effect.of("DROP INDEX CONCURRENTLY shop./* its */ i -- and all"))
                .isEqualTo(new IndexDropped("shop.i"));
    }

    @Test
    void partitions() {
        assertThat(Effect.of("ALTER TABLE IF EXISTS ONLY s.sale DETACH PARTITION s.\"sale 1\" CONCURRENTLY"))
                .isEqualTo(new PartitionDetached("s.sale", "s.\"sale 1\""));
    }

    @Test
    void databasesTablespacesAndSubscriptions() {
        assertThat(Effect.of("CREATE DATABASE Shop TEMPLATE x")).isEqualTo(new Created(Sort.DATABASE, "shop"));
        assertThat(Effect.of("DROP DATABASE IF EXISTS \"Shop\"")).isEqualTo(new Dropped(Sort.DATABASE, "Shop"));
        assertThat(Effect.of("CREATE TABLESPACE fast LOCATION '/x'")).isEqualTo(new Created(Sort.TABLESPACE, "fast"));
        assertThat(Effect.of("DROP SUBSCRIPTION s")).isEqualTo(new Dropped(Sort.SUBSCRIPTION, "s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM",
                "vacuum(full) book",
                "CLUSTER book USING i",
                "ALTER SYSTEM SET work_mem = '8MB'",
                "ALTER DATABASE shop SET TABLESPACE fast",
                "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
                "ALTER SUBSCRIPTION \"s\" SET PUBLICATION p",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "REINDEX TABLE parted",
                "REINDEX SYSTEM shop",
                "DISCARD ALL",
                "CHECKPOINT",
            })
    void whatASecondTimeDoesNotChange(String statement) {
        assertThat(Effect.of(statement)).isEqualTo(new Effect.Repeatable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL fill()",
                "DO $$ BEGIN COMMIT; END $$",
                "INSERT INTO book VALUES (1)",
                "COMMIT PREPARED 'x'",
                "ALTER SUBSCRIPTION s ADD PUBLICATION p",
                "CREATE TABLE database (id int)",
                "ALTER TABLE sale DETACH PARTITION sale_1",
                "DROP INDEX i",
                "VACUUMED",
                "DROP DATABASE U&\"d\\0061ta\"",
                "DROP INDEX CONCURRENTLY u&\"i\"",
                "",
            })
    void whatNobodyCanTell(String statement) {
        assertThat(Effect.of(statement)).isEqualTo(new Effect.Unknown());
    }
}
