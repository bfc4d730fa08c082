package dev.migrator.testing;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What some tests need of the machine, beyond a JDK and Maven. */
public final class Requirement {

    private Requirement() {}

    /** Skips the test that calls it where something is missing; on a build server it fails instead. */
    public static void that(boolean met, String otherwise) {
        if (System.getenv("CI") != null) {
            Assertions.assertThat(met).as(otherwise).isTrue();
        }
        Assumptions.assumeTrue(met, otherwise);
    }

    /**
     * Skips the test that calls it where the embedded server is older, on a build server too: its version is the build's own
     * choice.
     *
     * @param since the major version that first has what the test is about
     */
    public static void server(int since, String what) {
        Assumptions.assumeTrue(
                TestDatabase.serverVersion() >= since, () -> what + " is there since PostgreSQL " + since);
    }
}
