package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.Migrator;
import dev.migrator.MigratorBuilder;
import dev.migrator.plan.Problem;
import dev.migrator.testing.DatabaseTest;
import dev.migrator.testing.PgBouncer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a real PgBouncer that gives each client a session of its own, which no client can tell from the other kind. */
class SessionPoolerTest extends DatabaseTest {

    private static PgBouncer pooler;

    @BeforeAll
    static void startPooler() {
        pooler = PgBouncer.start("session", 20);
    }

    @AfterAll
    static void stopPooler() {
        if (pooler != null) {
            pooler.close();
        }
    }

    private MigratorBuilder pooled() {
        return Migrator.builder(pooler.dataSource(database)).locations(scripts.location());
    }

    @Test
    void migratesWithALeaseUnlessItIsToldThatTheSessionIsItsOwn() {
        scripts.with("V1__t.sql", "CREATE TABLE t (id int);");
        pooled().build().migrate();
        scripts.with("V2__i.sql", "CREATE INDEX CONCURRENTLY t_id ON t (id);");

        assertThat(failure(ValidationFailedException.class, pooled()).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.NEEDS_SESSION);
        pooled().lockStrategy(LockStrategy.ADVISORY).build().migrate();

        assertThat(history()).containsExactly("1 versioned applied 1/1", "2 versioned applied 1/1");
        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_id'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void instancesOfBothStrategiesRunEachScriptOnce() {
        for (int i = 1; i <= 10; i++) {
            scripts.with("V" + i + "__t.sql", "CREATE TABLE t" + i + " (id int);");
        }
        List<MigrationReport> reports = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> pooled().lockStrategy(i % 2 == 0 ? LockStrategy.ADVISORY : LockStrategy.AUTO)
                                .build()
                                .migrate()))
                .toList()
                .stream()
                .map(one -> one.orTimeout(1, TimeUnit.MINUTES).join())
                .toList();

        assertThat(reports.stream().mapToInt(report -> report.applied().size()).sum())
                .isEqualTo(10);
        assertThat(history()).hasSize(10);
        await().untilAsserted(() -> assertThat(
                        database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0"));
    }
}
