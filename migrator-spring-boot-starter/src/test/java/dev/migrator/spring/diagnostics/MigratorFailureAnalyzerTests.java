package dev.migrator.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.plan.Problem;
import dev.migrator.run.Failure;
import dev.migrator.run.MigrationFailedException;
import dev.migrator.run.MigratorException;
import dev.migrator.run.ValidationFailedException;
import dev.migrator.spring.startup.StartupMigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

class MigratorFailureAnalyzerTests {

    private final MigratorException cause = new MigrationFailedException(
            new Failure(
                    "2",
                    "db/migration/V2__break.sql",
                    2,
                    3,
                    7,
                    1,
                    "crate table x\n^",
                    "42601",
                    "syntax error at or near \"crate\"",
                    null,
                    "look again",
                    null,
                    null,
                    false),
            true,
            "version 1 is applied.",
            "Mend the script and start again.",
            null);

    private final MigratorException notEmpty = new ValidationFailedException(List.of(new Problem(
            Problem.Kind.NOT_EMPTY, null, "The schema has tables already.", "Say up to which version it is there.")));

    @Test
    void itSaysWhatWhereWhyInWhichStateAndWhatNext() {
        FailureAnalysis analysis = new MigratorFailureAnalyzer(new MockEnvironment())
                .analyze(new BeanCreationException("bean", "no", new StartupMigrationException("migrator", cause)));

        assertThat(analysis.getDescription())
                .contains(
                        "V2__break.sql:7:1",
                        "statement 2 of 3",
                        "crate table x",
                        "42601",
                        "syntax error at or near \"crate\"",
                        "Hint: look again",
                        "The database: version 1 is applied.");
        assertThat(analysis.getAction()).isEqualTo("Mend the script and start again.");
    }

    @Test
    void tablesThatTheStartItselfMayHaveMadeAreNotTakenForABaselineOnly() {
        MockEnvironment environment = new MockEnvironment();

        assertThat(actionOn(notEmpty, environment))
                .startsWith("Say up to which version it is there.")
                .contains("spring.sql.init", "Hibernate", "Spring Session", "migrator.run-at=initialization");
        environment.setProperty("migrator.run-at", "initialization");
        assertThat(actionOn(notEmpty, environment)).isEqualTo("Say up to which version it is there.");
    }

    private static String actionOn(MigratorException failure, MockEnvironment environment) {
        return new MigratorFailureAnalyzer(environment).analyze(failure).getAction();
    }

    @Test
    void bootFindsIt() {
        List<String> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.FailureHandler.logging(
                                org.apache.commons.logging.LogFactory.getLog(getClass())))
                .stream()
                .map(analyzer -> analyzer.getClass().getName())
                .toList();

        assertThat(analyzers).contains(MigratorFailureAnalyzer.class.getName());
    }

    @Test
    void otherFailuresAreNotItsBusiness() {
        assertThat(new MigratorFailureAnalyzer(new MockEnvironment()).analyze(new IllegalStateException("other")))
                .isNull();
    }
}
