package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.plan.Rollback;
import dev.migrator.run.MigratorException;
import dev.migrator.testing.DatabaseTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plan never says that less is lost than is. */
class RollbackLossTest extends DatabaseTest {

    private static final String COUNTRIES = "create table country (id int primary key); insert into country values (1);"
            + " create table city (id int primary key, country int references country %s);"
            + " insert into city values (1, 1), (2, 1);";

    private List<String> losses(String migration, String rollback) {
        scripts.with("V1__a.sql", migration).with("U1__a.sql", rollback);
        return losses(migrator());
    }

    private static List<String> losses(MigratorBuilder builder) {
        Migrator migrator = builder.build();
        migrator.migrate();
        return migrator.previewRollback(Rollback.last()).items().get(0).losses();
    }

    @Test
    void rowsThatReferToThoseThatAreTruncatedGoAlong() {
        assertThat(losses(COUNTRIES.formatted(""), "truncate country cascade;"))
                .containsExactly("empties table country (1 row), with all tables that refer to it");
    }

    @Test
    void rowsThatReferToThoseThatAreDeletedGoAlong() {
        assertThat(losses(COUNTRIES.formatted("on delete cascade"), "delete from country; delete from city;"))
                .containsExactly(
                        "deletes rows of country (1 row in it), and perhaps deletes or changes rows that refer to them",
                        "deletes rows of city (2 rows in it)");
    }

    @Test
    void rowsThatReferToThoseThatAreDeletedLoseTheirValues() {
        assertThat(losses(COUNTRIES.formatted("on delete set null"), "delete from country;"))
                .containsExactly(
                        "deletes rows of country (1 row in it), and perhaps deletes or changes rows that refer to them");
    }

    @Test
    void rowsThatKeepThoseTheyReferToAreNoLoss() {
        assertThat(losses(COUNTRIES.formatted("on delete restrict"), "delete from country;"))
                .containsExactly("deletes rows of country (1 row in it)");
    }

    @Test
    void rowsThatReferToAPartitionOrThroughAViewGoAlong() {
        String migration = "create table p (id int primary key) partition by range (id);"
                + " create table p1 partition of p for values from (0) to (9);"
                + " create table r (id int references p1 on delete cascade); create view v as select id from p;";

        assertThat(losses(migration, "delete from p; delete from v;"))
                .containsExactly(
                        "deletes rows of p (0 rows in it), and perhaps deletes or changes rows that refer to them",
                        "deletes rows of v (0 rows in it), and perhaps deletes or changes rows that refer to them");
    }

    @Test
    void rowsThatAPolicyHidesAreNotCountedAsNone() {
        database.execute(
                "drop role if exists careful",
                "create role careful login password 'careful'",
                "grant all on schema public to careful");
        scripts.with(
                        "V1__a.sql",
                        "create table secret (id int); insert into secret values (1);"
                                + " alter table secret enable row level security; alter table secret force row level security;")
                .with("U1__a.sql", "drop table secret;");

        assertThat(losses(Migrator.builder(database.dataSource("careful")).locations(scripts.location())))
                .containsExactly("drops table secret");
    }

    @Test
    void whereTheScriptSetsWhatNamesMeanNothingIsCounted() {
        String migration = "create schema archive; create table archive.books as select 1 as id;"
                + " create table books (id int primary key);";

        assertThat(losses(
                        migration,
                        "drop table books; set search_path to archive, public; drop table books;"
                                + " delete from books;"))
                .containsExactly(
                        "drops table books (0 rows)",
                        "drops table books",
                        "deletes rows of books, and perhaps deletes or changes rows that refer to them");
    }

    @Test
    void whatTheScriptSetBeforeItBrokeOffStillCounts() {
        scripts.with("V1__a.sql", "create table books (id int);")
                .with(
                        "U1__a.sql",
                        "-- migrator: transaction=none\nset search_path to public;\nbroken;\ndrop table books;");
        Migrator migrator = migrator().build();
        migrator.migrate();
        assertThatThrownBy(() -> migrator.rollback(Rollback.last())).isInstanceOf(MigratorException.class);

        assertThat(migrator.previewRollback(Rollback.last()).items().get(0).losses())
                .containsExactly("drops table books");
    }

    @Test
    void aTableThatWasRenamedIsNotTakenForTheOneThatBearsTheNameNow() {
        scripts.with("V1__a.sql", "create table t (id int); create table old (id int); insert into old values (1);")
                .with("U1__a.sql", "drop table t;")
                .with("V2__b.sql", "create table u (id int);")
                .with("U2__b.sql", "drop table u; drop table t; alter table old rename to t;");
        Migrator migrator = migrator().build();
        migrator.migrate();

        assertThat(migrator.previewRollback(Rollback.to("0")).items())
                .flatExtracting(item -> item.losses())
                .containsExactly("drops table u (0 rows)", "drops table t (0 rows)", "drops table t");
    }

    @Test
    void aCompositeValueCountsThoughAPartOfItIsNull() {
        String migration = "create type addr as (street text, zip text); create table p (ad addr);"
                + " insert into p values (row('Main St', null)), (row(null, null)), (null);";

        assertThat(losses(migration, "alter type addr drop attribute zip cascade; alter table p drop column ad;"))
                .containsExactly(
                        "drops attribute zip of type addr, with its value wherever the type is used",
                        "drops column p.ad (2 rows with a value in it)");
    }

    @Test
    void valuesThatAreConvertedOrOverwritten() {
        String migration =
                "create table price (id int primary key, v text); insert into price values (1, 'a'), (2, null);";

        assertThat(losses(
                        migration,
                        "alter table price alter column v type int using 0;"
                                + " insert into price values (1, 2) on conflict (id) do update set v = excluded.v;"))
                .containsExactly(
                        "changes the type of price.v (1 row with a value in it), and perhaps its values",
                        "changes rows of price (2 rows in it)");
    }

    @Test
    void whatDependsOnWhatIsDroppedGoesAlong() {
        String migration = "create function f(int) returns int immutable language sql as 'select $1 + 1';"
                + " create table st (a int, b int, g int generated always as (f(a)) stored);";

        assertThat(
                        losses(
                                migration,
                                "alter table st * drop column b; drop function if exists f(int) cascade; drop table st cascade;"))
                .containsExactly(
                        "drops column st.b (0 rows with a value in it)",
                        "drops function f(int), with all that depends on it, such as columns",
                        "drops table st (0 rows), with all that depends on it");
    }
}
