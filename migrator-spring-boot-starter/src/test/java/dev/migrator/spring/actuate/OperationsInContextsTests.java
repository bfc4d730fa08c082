package dev.migrator.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Migrator;
import dev.migrator.spring.startup.MigrationGate;
import dev.migrator.spring.startup.Mode;
import dev.migrator.spring.test.Postgres;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Operations where two contexts have a migrator of one name: the page names the context, and that one is meant. */
class OperationsInContextsTests {

    private final GenericApplicationContext parent = new GenericApplicationContext();
    private final GenericApplicationContext child = new GenericApplicationContext(parent);

    @BeforeEach
    void start() {
        parent.setId("parent");
        parent.registerBean("migrator", Migrator.class, () -> migrator(Postgres.unreachable()));
        parent.refresh();
        child.setId("child");
        child.registerBean("migrator", Migrator.class, () -> migrator(Postgres.newDatabase()));
        child.refresh();
    }

    @AfterEach
    void stop() {
        child.close();
        parent.close();
    }

    private static Migrator migrator(String url) {
        return Migrator.builder(new DriverManagerDataSource(url))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }

    private WebEndpointResponse<OperationDescriptor> validate(String context) {
        Operations operations = new Operations(
                child,
                new Disclosure(Show.ALWAYS, Set.of()),
                new RunPermission(true, Mode.MIGRATE, MigrationGate.alwaysOpen()),
                new OperationRuns(child));
        return operations.operate("validate", "migrator", context, SecurityContext.NONE);
    }

    @Test
    void theNamedContextsIsMeantAndElseTheInnermost() {
        assertThat(validate("child").getStatus()).isEqualTo(200);
        assertThat(validate("parent").getStatus()).isEqualTo(503);
        assertThat(validate(null).getStatus()).isEqualTo(200);
        assertThat(validate("other").getStatus()).isEqualTo(400);
        assertThat(validate("other").getBody().message()).isEqualTo("There is no migrator in a context of that name.");
    }
}
