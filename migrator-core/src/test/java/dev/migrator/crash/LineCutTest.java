package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.Migrator;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connection is lost at every statement boundary: behind each statement that the server got, and before each answer that
 * the client did not.
 */
@ExtendWith(QuietLog.class)
class LineCutTest {

    @TempDir
    private Path folder;

    private CleanRun clean;
    private int works;
    private int answers;

    @BeforeEach
    void measure() {
        EveryShape.writeTo(new Scripts(folder));
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(TestDatabase.port())) {
            migrator(through(proxy, database)).migrate();
            clean = CleanRun.in(database);
            works = proxy.sent();
            answers = proxy.answered();
        }
        assertThat(clean.applied()).hasSize(10);
    }

    private Migrator migrator(DataSource dataSource) {
        return Migrator.builder(dataSource)
                .locations(EveryShape.locations(folder))
                .build();
    }

    private static DataSource through(WireProxy proxy, TestDatabase database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(proxy.url(database.name()));
        dataSource.setUser("postgres");
        return dataSource;
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhereverTheServerHeardTheLast() {
        return CrashPoints.upTo(works)
                .mapToObj(point -> DynamicTest.dynamicTest(
                        "behind " + point + " of " + works,
                        () -> cutAndCarryOn(point, new WireProxy(TestDatabase.port()).cuttingBehindWork(point))));
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhateverTheClientDidNotHear() {
        return CrashPoints.upTo(answers)
                .mapToObj(point -> DynamicTest.dynamicTest(
                        "before " + point + " of " + answers,
                        () -> cutAndCarryOn(point, new WireProxy(TestDatabase.port()).cuttingBeforeAnswer(point))));
    }

    /** Every second time the run cannot ask what became of it, either. */
    private void cutAndCarryOn(int point, WireProxy proxy) {
        try (TestDatabase database = TestDatabase.create();
                proxy) {
            if (point / 2 % 2 == 0) {
                proxy.refusingAfterwards();
            }

            Throwable thrown =
                    catchThrowable(() -> migrator(through(proxy, database)).migrate());

            assertThat(proxy.hasCut()).isTrue();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(DatabaseUnreachableException.class);
            }
            migrator(database.dataSource()).migrate();
            clean.requireIn(database);
        }
    }
}
