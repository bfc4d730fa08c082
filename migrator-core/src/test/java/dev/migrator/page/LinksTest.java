package dev.migrator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationInfo;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    private static final URI OVERVIEW = URI.create("http://shop/manage/actuator/migrations");

    private final ShownMigrator migrator = new ShownMigrator(null, "migrator", true, Samples.succeeded());

    private static MigrationInfo called(@Nullable String version, String script) {
        return new MigrationInfo(
                version,
                "x",
                "versioned",
                script,
                null,
                "pending",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void aVersionIsEnough() {
        assertThat(Links.fromOverview("migrations").details(migrator, called("12", "V12__x.sql")))
                .isEqualTo("migrations/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R__views.sql", "a b/50% of it?.sql", "db/views/R__ä#.sql", "R__a+b;c:d&e='\".sql"})
    void oddNamesLeadToTheirPageAndBack(String script) {
        String there = Links.fromOverview("migrations").details(migrator, called(null, script));
        URI page = OVERVIEW.resolve(there);

        assertThat(page.getPath()).isEqualTo("/manage/actuator/migrations/" + script);
        assertThat(page.getQuery()).isNull();
        Links back = Links.fromDetails("migrations", script);
        assertThat(page.resolve(back.overview())).isEqualTo(OVERVIEW);
        assertThat(page.resolve(back.details(migrator, called("7", "V7__x.sql")))
                        .getPath())
                .isEqualTo("/manage/actuator/migrations/7");
    }
}
