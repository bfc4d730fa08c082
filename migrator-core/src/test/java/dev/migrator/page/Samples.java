package dev.migrator.page;

import dev.migrator.MigrationDetails;
import dev.migrator.MigrationInfo;
import dev.migrator.MigratorState;
import dev.migrator.MigratorStatus;
import dev.migrator.MigratorStatus.Current;
import dev.migrator.Observed;
import dev.migrator.run.Blocker;
import dev.migrator.run.Phase;
import dev.migrator.run.ServerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bookshop's migrators in each state. */
final class Samples {

    static final Instant BEGIN = Instant.parse("2026-11-21T09:49:25.810731Z");

    private static final List<String> NAMES = List.of(
            "authors and books",
            "first books",
            "customers",
            "orders",
            "order status",
            "stock",
            "stock follows orders",
            "orders can be cancelled",
            "cancelled orders return to stock",
            "books have several authors",
            "orders of a customer",
            "Give every book an isbn13",
            "isbn13 is there",
            "isbn13 is required",
            "lines name real books",
            "old lines name real books",
            "one place for authors");

    private Samples() {}

    static MigrationInfo applied(int number, String description, long ms, int run) {
        return row(String.valueOf(number), description, "versioned", "applied", run, ms, null, null);
    }

    static MigrationInfo pending(int number, String description) {
        String script = "V" + number + "__" + description.replace(' ', '_') + ".sql";
        return new MigrationInfo(
                String.valueOf(number),
                description,
                "versioned",
                script,
                "c1:f21a2c40af3f1fd5",
                "pending",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "U" + number + ".sql",
                null);
    }

    static MigrationInfo row(
            @Nullable String version,
            String description,
            String kind,
            String state,
            int run,
            @Nullable Long ms,
            @Nullable String error,
            @Nullable Observed observed) {
        String file = description.replace(' ', '_') + ".sql";
        return new MigrationInfo(
                version,
                description,
                kind,
                version == null ? "R__" + file : "V" + version + "__" + file,
                "c1:f21a2c40af3f1fd5",
                state,
                "shop_owner",
                run % 3 == 2 ? "ada" : null,
                "web-" + (1 + run % 2) + ", pid " + (4711 + run) + ", bookshop",
                "00000000-0000-4000-8000-0000000000" + (10 + run),
                BEGIN.plusSeconds(86_400L * 9 * run),
                ms,
                error,
                null,
                3,
                3,
                run == 0 ? null : "shop-before-" + version + "-20261121T094925Z.dump",
                null,
                observed);
    }

    static List<MigrationInfo> migrations(int versions) {
        long[] ms = {12, 31, 8, 22, 9, 14, 190, 35, 28, 2_400, 11_000, 94_000, 6, 410, 77, 8_800, 54};
        List<MigrationInfo> all = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            all.add(applied(i + 1, NAMES.get(i % NAMES.size()), ms[i % ms.length], i / 6));
        }
        return all;
    }

    static MigratorStatus succeeded() {
        List<MigrationInfo> history = new ArrayList<>(migrations(17));
        List<MigrationInfo> migrations = new ArrayList<>(migrations(17));
        MigrationInfo view = row(null, "sales by month", "repeatable", "applied", 2, 5L, null, null);
        history.add(view);
        migrations.add(view);
        history.add(row("17", "one place for authors", "rollback", "applied", 3, 40L, null, null));
        history.add(row("17", "one place for authors", "versioned", "failed", 4, 900L, "23502 no", null));
        history.add(row("17", "one place for authors", "repair", "applied", 5, 0L, null, null));
        history.add(row("17", "one place for authors", "versioned", "applied", 6, 54L, null, null));
        return status(MigratorState.SUCCEEDED, "17", "17", 0, null, migrations, history, List.of());
    }

    static MigratorStatus pendingStatus() {
        List<MigrationInfo> migrations = new ArrayList<>(migrations(14));
        for (int i = 14; i < 17; i++) {
            migrations.add(pending(i + 1, NAMES.get(i)));
        }
        return status(MigratorState.PENDING, "14", "17", 3, null, migrations, migrations(14), List.of());
    }

    static MigratorStatus failed() {
        String error =
                "23502 column \"email\" of relation \"customers\" contains null values at V15__lines_name_real_books.sql:4:1";
        List<MigrationInfo> migrations = new ArrayList<>(migrations(14));
        migrations.add(row("15", NAMES.get(14), "versioned", "failed", 3, 900L, error, null));
        migrations.add(pending(16, NAMES.get(15)));
        migrations.add(pending(17, NAMES.get(16)));
        List<MigrationInfo> history = new ArrayList<>(migrations.subList(0, 15));
        return status(MigratorState.FAILED, "14", "17", 3, null, migrations, history, List.of("""
                        Migration V15__lines_name_real_books.sql:4:1 failed, statement 2 of 3.

                            alter table customers add column email text not null
                            ^

                        PostgreSQL (SQLSTATE 23502): column "email" of relation "customers" contains null values"""));
    }

    static MigratorStatus running() {
        List<MigrationInfo> migrations = new ArrayList<>(migrations(14));
        migrations.add(row("15", NAMES.get(14), "versioned", "running", 3, null, null, null));
        migrations.add(pending(16, NAMES.get(15)));
        migrations.add(pending(17, NAMES.get(16)));
        Current current = new Current(
                Phase.RUNNING,
                null,
                "ada",
                Instant.now().minusSeconds(140),
                120_000,
                "15",
                migrations.get(14).script(),
                1,
                3,
                2,
                3,
                14,
                "create index concurrently order_lines_isbn on order_lines (isbn) where ordered_at > '2020-01-01'",
                95_000,
                72_000L,
                1_234_567L,
                new ServerProgress(
                        "CREATE INDEX CONCURRENTLY", "building index: scanning table", 41_230, 100_000, "blocks"),
                180_000L,
                2,
                1,
                List.of(
                        new Blocker(
                                4711,
                                "psql",
                                "idle in transaction",
                                Duration.ofSeconds(190),
                                "update orders set status = 'sent' where id = 12",
                                List.of(4712)),
                        new Blocker(4712, "bookshop", "active", Duration.ofSeconds(12), null, List.of())));
        return status(MigratorState.RUNNING, "14", "17", 3, current, migrations, migrations(14), List.of());
    }

    static MigratorStatus status(
            MigratorState state,
            @Nullable String current,
            @Nullable String latest,
            int pending,
            @Nullable Current now,
            List<MigrationInfo> migrations,
            List<MigrationInfo> history,
            List<String> problems) {
        return new MigratorStatus(
                state,
                "public",
                "schema_migrations",
                current,
                latest,
                pending,
                now,
                migrations,
                history,
                problems,
                problems.isEmpty() ? null : "the server rolled it back as a whole.",
                problems.isEmpty() ? null : "Correct the script and start again.",
                List.of("The database was restored from shop-before-12.dump, at 2026-11-20T08:00:00Z."));
    }

    static PageModel page(MigratorStatus status) {
        return PageModel.of("bookshop", List.of(new ShownMigrator(null, "migrator", true, status)));
    }

    static MigrationDetails details(MigrationInfo migration, String sql) {
        return new MigrationDetails(
                migration,
                List.of(migration),
                sql,
                false,
                List.of(
                        new MigrationDetails.Statement(1, 2, "create table a (b int)", null),
                        new MigrationDetails.Statement(2, 6, "create index concurrently …", 72_000L)),
                "U12__x.sql",
                "drop table a;\n");
    }
}
