package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.test.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The sample's scripts, as far as they need none of its classes, and what may come after them. */
final class Bookshop {

    private static final Path SCRIPTS = Path.of("..", "sample-app", "src", "main", "resources", "db", "migration");
    private static final int WITHOUT_CLASSES = 11;

    private Bookshop() {}

    /** After three releases. */
    static Situation migrated(Path parent) throws Exception {
        Situation shop = released(parent);
        shop.shows(shop.application()).app().awaitStarted();
        return shop;
    }

    /** The next release builds an index, and has one more to go. */
    static Situation indexing(Path parent) throws Exception {
        Situation shop = released(parent);
        Postgres.execute(
                shop.database(),
                "create table page_views (id bigint, path text)",
                "insert into page_views select n, '/books/' || md5(n::text) from generate_series(1, 1000000) n");
        shop.script("V12__note_of_a_customer.sql", "alter table customers add column note text;");
        shop.script("V13__page_views_by_path.sql", """
                -- The report of what readers look for takes minutes without it.
                set max_parallel_maintenance_workers = 0;
                set maintenance_work_mem = '2MB';
                create index page_views_path on page_views (path, reverse(path), upper(path));
                """);
        shop.script("V14__orders_have_a_note.sql", "alter table orders add column note text;");
        shop.shows(shop.application());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        Postgres.query(shop.database(), "select count(*) from pg_stat_progress_create_index"))
                .isEqualTo("1"));
        return shop;
    }

    /** The next release has a mistake. */
    static Situation failed(Path parent) throws Exception {
        Situation shop = released(parent);
        shop.script("V12__customers_have_an_email.sql", """
                -- An order's confirmation goes there.
                alter table customers add column confirmed_at timestamptz;
                update customers
                   set confirmed_at = now()
                 where e_mail is not null;
                """);
        shop.script("V13__orders_have_a_note.sql", "alter table orders add column note text;");
        shop.shows(shop.application().with("migrator.fail-on-error=false"))
                .app()
                .awaitStarted();
        return shop;
    }

    private static Situation released(Path parent) throws Exception {
        Situation shop = Situation.in(parent);
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path script : scripts.filter(Bookshop::standsAlone).toList()) {
                shop.script(script.getFileName().toString(), Files.readString(script));
            }
        }
        for (String target : List.of("4", "9")) {
            try (var app = shop.application().with("migrator.target=" + target).start()) {
                app.awaitStarted();
            }
        }
        try (var app = shop.application().start()) {
            app.awaitStarted();
        }
        return shop;
    }

    private static boolean standsAlone(Path script) {
        String name = script.getFileName().toString();
        return name.matches("[VU]\\d+__.*")
                && Integer.parseInt(name.substring(1, name.indexOf("__"))) <= WITHOUT_CLASSES;
    }
}
