package dev.migrator.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.spring.jpa.Book;
import dev.migrator.spring.jpa.BookRepository;
import dev.migrator.spring.jpa.JpaApplication;
import dev.migrator.spring.test.Postgres;
import dev.migrator.spring.test.RunningApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class JpaApplicationTests {

    private RunningApplication.Start application() {
        return RunningApplication.of(JpaApplication.class)
                .web(WebApplicationType.NONE)
                .database(Postgres.newDatabase());
    }

    @Test
    void inReadyModeValidationIsWarnedOfAndFails(CapturedOutput output) throws Exception {
        try (RunningApplication app =
                application().with("spring.jpa.hibernate.ddl-auto=validate").start()) {
            assertThat(app.awaitFailure()).hasStackTraceContaining("missing table");
            assertThat(output)
                    .contains("These touch the schema before it is migrated", "migrator.run-at=initialization");
        }
    }

    @Test
    void inInitializationModeHibernateValidatesTheMigratedSchema(CapturedOutput output) throws Exception {
        try (RunningApplication app = application()
                .with("spring.jpa.hibernate.ddl-auto=validate", "migrator.run-at=initialization")
                .start()) {
            assertThat(app.awaitStarted().getBean(BookRepository.class).findAll())
                    .extracting(Book::getTitle)
                    .containsExactly("The Sea");
            assertThat(output).doesNotContain("These touch the schema before it is migrated");
        }
    }

    @Test
    void withoutValidationReadyModeIsEnough() throws Exception {
        try (RunningApplication app = application().start()) {
            assertThat(app.awaitStarted().getBean(BookRepository.class).count()).isOne();
        }
    }
}
