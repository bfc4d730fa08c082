package dev.migrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.Migrator;
import dev.migrator.run.DatabaseUnreachableException;
import dev.migrator.testing.Scripts;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is lost at every statement boundary: behind each statement that the server got, and before each answer that
 * the client did not.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(QuietLog.class)
class LineCutTest {

    private static final int ONE_IN = 56;

    @TempDir
    private Path folder;

    private final Route route;
    private Entrance entrance;
    private CleanRun clean;
    private int works;
    private int answers;

    LineCutTest(Route route) {
        this.route = route;
    }

    @BeforeEach
    void measure() {
        entrance = Entrance.of(route);
        route.writeTo(new Scripts(folder));
        try (TestDatabase database = TestDatabase.create();
                WireProxy proxy = new WireProxy(entrance.port())) {
            migrator(proxy.url(database.name())).migrate();
            clean = CleanRun.in(database);
            works = proxy.sent();
            answers = proxy.answered();
        }
        assertThat(clean.applied()).hasSize(route == Route.POOLED ? 8 : 11);
    }

    @AfterEach
    void closeEntrance() {
        if (entrance != null) {
            entrance.close();
        }
    }

    private Migrator migrator(String url) {
        return route.migrator(url)
                .locations(EveryShape.locations(folder))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhereverTheServerHeardTheLast() {
        return CrashPoints.tests(
                CrashPoints.upTo(works, ONE_IN * route.thinning()),
                "behind %d of " + works,
                point -> cutAndCarryOn(point, new WireProxy(entrance.port()).cuttingBehindWork(point)));
    }

    @TestFactory
    Stream<DynamicTest> theNextRunCarriesOnWhateverTheClientDidNotHear() {
        return CrashPoints.tests(
                CrashPoints.upTo(answers, ONE_IN * route.thinning()),
                "before %d of " + answers,
                point -> cutAndCarryOn(point, new WireProxy(entrance.port()).cuttingBeforeAnswer(point)));
    }

    /** Every second time the run cannot ask what became of it, either. */
    private void cutAndCarryOn(int point, WireProxy proxy) {
        try (TestDatabase database = TestDatabase.create();
                proxy) {
            if (point / 2 % 2 == 0) {
                proxy.refusingAfterwards();
            }

            Throwable thrown =
                    catchThrowable(() -> migrator(proxy.url(database.name())).migrate());

            assertThat(proxy.hasCut()).isTrue();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(DatabaseUnreachableException.class);
            }
            migrator(entrance.url(database)).migrate();
            clean.requireIn(database);
        }
    }
}
