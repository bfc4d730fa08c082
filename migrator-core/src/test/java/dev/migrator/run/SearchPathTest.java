package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.plan.Rollback;
import dev.migrator.testing.DatabaseTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** With a schema of their own, scripts find it first, and then all that the session finds, whatever is named in its path. */
class SearchPathTest extends DatabaseTest {

    private static final String NOTE = "CREATE TABLE %s AS SELECT current_setting('search_path') AS path;";

    private MigratorBuilder migrator(String currentSchema) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
        dataSource.setCurrentSchema(currentSchema);
        return Migrator.builder(dataSource).locations(scripts.location()).schema("shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant-1       | shop, \"tenant-1\"",
                "order          | shop, \"order\"",
                "user           | shop, \"user\"",
                "default        | shop, \"default\"",
                "1a             | shop, \"1a\"",
                "$user,public   | shop, \"$user\", public",
                "Public,\"A,b\" | shop, public, \"A,b\"",
            })
    void whatIsNoNameInSqlIsOneInThePath(String currentSchema, String path) {
        scripts.with("V1__a.sql", NOTE.formatted("a"))
                .with("V2__b.sql", "VACUUM pg_class;\n" + NOTE.formatted("b"))
                .with("V3__c.sql", NOTE.formatted("c"));

        migrator(currentSchema).build().migrate();

        assertThat(database.column("SELECT path FROM shop.a UNION ALL SELECT path FROM shop.b"
                        + " UNION ALL SELECT path FROM shop.c"))
                .containsExactly(path, path, path);
    }

    @Test
    void aPathWithoutAnyNameIsOne() {
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = ''");
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);\nVACUUM b;");

        migrator().schema("shop").build().migrate();

        assertBothAreInTheShop();
    }

    @Test
    void aPoolMaySetOneWithoutAnyName() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setConnectionInitSql("SET search_path = ''");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Migrator.builder(pool)
                    .locations(scripts.location())
                    .schema("shop")
                    .build()
                    .migrate();
        }

        assertBothAreInTheShop();
    }

    private void assertBothAreInTheShop() {
        assertThat(database.column("SELECT schemaname FROM pg_tables WHERE tablename IN ('a', 'b')"))
                .containsExactly("shop", "shop");
    }

    /** As it must where nothing was asked in it: so the path is set, and not asked for by a SELECT. */
    @Test
    void theScriptStillSaysOfWhatSortItsTransactionIs() {
        scripts.with("V1__a.sql", """
                SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;
                """);

        migrator("tenant-1").build().migrate();

        assertThat(database.value("SELECT level FROM shop.a")).isEqualTo("serializable");
    }

    @Test
    void aRollbackIsCountedAndDoneAlongTheSamePath() {
        scripts.with("V1__a.sql", "CREATE TABLE a AS SELECT 1 AS id;").with("U1__a.sql", "DROP TABLE a;");
        Migrator migrator = migrator("tenant-1").build();
        migrator.migrate();

        assertThat(migrator.previewRollback(Rollback.last()).items().get(0).losses())
                .containsExactly("drops table a (1 row)");
        migrator.rollback(Rollback.last());

        assertThat(database.value("SELECT to_regclass('shop.a')")).isNull();
    }
}
