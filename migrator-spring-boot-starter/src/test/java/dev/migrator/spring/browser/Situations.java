package dev.migrator.spring.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.spring.test.Hold;
import dev.migrator.spring.test.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;

/** Applications in each state that the page can show; every one is made by what makes it in real life. */
final class Situations {

    private static final String CUSTOMERS = """
            -- Who buys.
            create table customers (
                id   bigint generated always as identity primary key,
                name text not null default 'nobody' check (name <> '')
            );
            create index customers_name on customers (name);
            """;

    private Situations() {}

    /** There is no migration at all. */
    static Situation empty(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        situation.shows(situation.application()).app().awaitStarted();
        return situation;
    }

    /** Two have run, and two more wait, which this application may not run. */
    static Situation pending(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        migrate(situation.script("V1__customers.sql", CUSTOMERS));
        situation.script("V2__orders.sql", "create table orders (id bigint primary key);");
        situation.script("V3__items.sql", "create table items (id bigint primary key);");
        situation
                .shows(situation.application().with("migrator.enabled=false"))
                .app()
                .awaitStarted();
        return situation;
    }

    /** Two runs of several migrations each, with a rollback script and a repeatable. */
    static Situation succeeded(Path parent, String... properties) throws Exception {
        Situation situation = Situation.in(parent);
        situation.script("V1__customers.sql", CUSTOMERS).script("U1__customers.sql", "drop table customers;");
        situation.script("V2__more_customers.sql", """
                /* A hundred of them,
                   none of them real. */
                insert into customers (name) select 'customer ' || n from generate_series(1, 100) n;
                update customers set name = upper(name) where id = 1;
                """);
        migrate(situation);
        situation.script("V3__orders.sql", """
                create table orders (id bigint primary key, customer bigint references customers);
                insert into orders select n, n from generate_series(1, 100) n;
                """);
        situation.script("R__names.sql", "create or replace view names as select name from customers;");
        situation.shows(situation.application().with(properties)).app().awaitStarted();
        return situation;
    }

    /** The second of two has an error in its third line, and the application has started all the same. */
    static Situation failed(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        situation.script("V1__customers.sql", CUSTOMERS);
        situation.script("V2__orders.sql", """
                create table orders (id bigint primary key);
                insert into orders
                select id, no_such_column from customers;
                """);
        situation
                .shows(situation.application().with("migrator.fail-on-error=false"))
                .app()
                .awaitStarted();
        return situation;
    }

    /** An instance was stopped between two statements that cannot run in a transaction. */
    static Situation interrupted(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        situation.script("V1__customers.sql", CUSTOMERS);
        situation.script("V2__tidy.sql", """
                -- migrator: transaction=none
                vacuum customers;
                select pg_sleep(60);
                """);
        try (var app = situation.application().start()) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Postgres.query(
                            situation.database(),
                            "select count(*) from pg_stat_activity where query like 'select pg_sleep(60)%'"
                                    + " and state = 'active' and pid <> pg_backend_pid()"))
                    .isEqualTo("1"));
            app.context().close();
        }
        situation
                .shows(situation.application().with("migrator.enabled=false"))
                .app()
                .awaitStarted();
        return situation;
    }

    /** It runs, and waits for a table that a report holds. */
    static Situation blocked(Path parent, String who, String... properties) throws Exception {
        Situation situation = Situation.in(parent);
        Postgres.execute(situation.database(), "create table shelf (id int)");
        Connection other = situation.ends(DriverManager.getConnection(situation.database()));
        try (Statement statement = other.createStatement()) {
            statement.execute("set application_name = '" + who.replace("'", "''") + "'");
            other.setAutoCommit(false);
            statement.execute("lock table shelf in access share mode /* </script><img src=x onerror=alert(1)> */");
        }
        situation.script("V1__number.sql", "alter table shelf add column number int; -- </script><img src=x>");
        situation.shows(situation
                .application()
                .with(
                        "migrator.baseline.on-migrate=true",
                        "migrator.baseline.version=0",
                        "migrator.retry.max-attempts=100")
                .with(properties));
        situation.ends(() -> situation.app().context().close());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(situation.app().get(Situation.PAGE).body()).contains("idle in transaction"));
        return situation;
    }

    /**
     * It runs, and builds an index on a million rows.
     *
     * @param work for each row; 10 is about six seconds for all
     */
    static Situation indexing(Path parent, int work) throws Exception {
        Situation situation = Situation.in(parent);
        Postgres.execute(
                situation.database(),
                "create unlogged table events (id int, what text)",
                "insert into events select n, md5(n::text) from generate_series(1, 1000000) n",
                """
                create function worked(what text) returns text immutable language plpgsql as $$
                begin
                    for n in 1..%d loop
                        what := md5(what);
                    end loop;
                    return what;
                end $$""".formatted(work));
        situation.script("V1__events_what.sql", """
                set max_parallel_maintenance_workers = 0;
                set maintenance_work_mem = '2MB';
                create index events_what on events (what, worked(what));
                """);
        situation.shows(
                situation.application().with("migrator.baseline.on-migrate=true", "migrator.baseline.version=0"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        Postgres.query(situation.database(), "select count(*) from pg_stat_progress_create_index"))
                .isEqualTo("1"));
        return situation;
    }

    /** Another instance migrates, and this one waits for it. */
    static Situation waiting(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        situation.script("V1__customers.sql", CUSTOMERS);
        situation.script("V2__orders.sql", "create table orders (id bigint primary key);");
        Hold hold = new Hold();
        situation.ends(situation
                .application()
                .with("spring.application.name=the-first")
                .held(hold)
                .start()
                .awaitMigration());
        situation.shows(situation.application().with("spring.application.name=the-second"));
        situation.ends(() -> situation.app().context().close());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        situation.app().get(Situation.PAGE).body())
                .contains("\"phase\":\"waiting_for_lock\""));
        return situation;
    }

    /** So many that a list is long; running them would take a busy machine too long. */
    static Situation many(Path parent, int count) throws Exception {
        Situation situation = Situation.in(parent);
        for (int n = 1; n <= count; n++) {
            situation.script("V" + n + "__" + (n % 2 == 0 ? "even" : "odd") + "_step.sql", "select " + n + ";");
        }
        situation
                .shows(situation.application().with("migrator.enabled=false"))
                .app()
                .awaitStarted();
        return situation;
    }

    /** Names and texts that a careless page would run; the last of them fails with such an error. */
    static Situation hostile(Path parent) throws Exception {
        Situation situation = Situation.in(parent);
        situation.script("V1__customers.sql", CUSTOMERS);
        situation.script("V2__say_\"it's\"_&_go_&lt;b&gt;.sql", "select '</script><img src=x onerror=alert(2)>';");
        situation.script("V3__<script>alert(1)<%2Fscript>.sql".replace("%2F", "\u2215"), "select 1;");
        situation.script("V4__<img src=x onerror=alert(3)>.sql", """
                -- </pre></script><script>alert(4)</script>
                do $$ begin raise exception '</script><img src=x onerror=alert(5)> "it''s" & </pre>'; end $$;
                """);
        situation
                .shows(situation.application().with("migrator.fail-on-error=false"))
                .app()
                .awaitStarted();
        return situation;
    }

    private static void migrate(Situation situation) throws Exception {
        try (var app = situation.application().start()) {
            app.awaitStarted();
        }
    }
}
