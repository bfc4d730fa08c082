package dev.migrator.sample.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sample.packaged.Release.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backup, restore and rollback with the application's own jar, while an instance of it serves. */
class WayBackIT {

    private static final String CUSTOMERS = "select name from customers order by id";

    @TempDir
    Path folder;

    @Test
    void theDatabaseIsTakenBackUnderAnInstanceThatServes() throws Exception {
        try (InstalledServer server = InstalledServer.start()) {
            Release shop = Release.in(folder, server, "bookshop");
            Path jar = SlimJar.make(Packaged.jar(), folder.resolve("bookshop.jar"), Map.of());
            Process instance = shop.start(jar);
            try {
                shop.awaitReady(instance);
                takeBack(shop, jar);
            } finally {
                instance.destroy();
                assertThat(instance.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            rollBackAndMigrateAgain(shop, jar);
        }
    }

    private void takeBack(Release shop, Path jar) throws Exception {
        shop.addCustomer("Ada");
        String dump =
                shop.migrations(jar, "backup", "--json").ok().json().get("name").asString();
        shop.addCustomer("Ben");
        assertThat(folder.resolve(dump)).isRegularFile();

        Result refused = shop.migrations(jar, "restore", "latest", "--yes");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors())
                .contains("somebody else is connected to the database: pid ", "('bookshop', role postgres,")
                .contains("--terminate", "nothing was touched");
        assertThat(shop.rows(CUSTOMERS)).containsExactly("Ada", "Ben");

        Result restored = shop.migrations(jar, "restore", "latest", "--yes", "--terminate");

        assertThat(restored.ok().output()).contains("bookshop is restored from " + dump, "stands at version 17");
        assertThat(shop.get("/books").statusCode()).isEqualTo(200);
        shop.addCustomer("Cleo");
        assertThat(shop.rows(CUSTOMERS)).containsExactly("Ada", "Cleo");
        assertThat(shop.rows("select kind from schema_migrations order by id desc limit 1"))
                .containsExactly("restore");
        Result verified = shop.migrations(jar, "backup", "verify", dump);
        assertThat(verified.ok().output()).contains(dump + " can be restored: 8 tables");
        JsonNode list = shop.migrations(jar, "backup", "list", "--json").ok().json();
        assertThat(list.get("backups").get(0).get("path").asString()).isEqualTo(dump);
    }

    private void rollBackAndMigrateAgain(Release shop, Path jar) throws Exception {
        Result rolledBack = shop.migrations(jar, "rollback", "--run", "last", "--yes");

        assertThat(rolledBack.ok().output())
                .contains(
                        "17 one place for authors, by U17__one_place_for_authors.sql", "drops table customers (2 rows)")
                .containsPattern("Rolled back 17, 16, .*, 2, 1 in \\d+ ms; the backup before it is ");
        assertThat(shop.rows("select tablename from pg_tables where schemaname = 'public'"))
                .containsExactly("schema_migrations");
        JsonNode status = shop.migrations(jar, "status", "--json").ok().json();
        assertThat(status.get("pending").asInt()).isEqualTo(18);

        assertThat(shop.migrations(jar, "migrate").ok().output()).contains("18 found, 18 applied");
        assertThat(shop.rows("select count(*)::text from sales_by_month")).isEqualTo(List.of("0"));

        Path migrations = folder.resolve("db");
        assertThat(migrations.toFile().mkdir()).isTrue();
        shop.migrations(jar, "create", "Reviews", "--directory", "db").ok();
        assertThat(migrations.toFile().list()).containsExactlyInAnyOrder("V1__reviews.sql", "U1__reviews.sql");
    }
}
