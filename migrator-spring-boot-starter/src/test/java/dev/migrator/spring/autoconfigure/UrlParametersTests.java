package dev.migrator.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlParametersTests {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?user=a, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?ssl=true&user=a&password=b%26c&user2=d, jdbc:postgresql://h/db?ssl=true&user2=d"
    })
    void onlyTheNamedParametersAreTakenAway(String url, String without) {
        assertThat(UrlParameters.without(url, Set.of("user", "password"))).isEqualTo(without);
    }
}
