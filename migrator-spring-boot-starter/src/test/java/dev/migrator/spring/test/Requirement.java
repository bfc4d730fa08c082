package dev.migrator.spring.test;

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
}
