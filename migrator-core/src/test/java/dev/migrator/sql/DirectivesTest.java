package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {

    @Test
    void standInCommentsAtTheHead() {
        Directives directives = directives("""
                \uFEFF/* a licence */
                -- migrator: lock-timeout=2s, statement-timeout=0
                -- a comment
                --Migrator:transaction=none placeholders=off
                SELECT 1;
                """);

        assertThat(directives)
                .isEqualTo(new Directives(false, Duration.ofSeconds(2), Duration.ZERO, Replacing.OFF, null));
    }

    @Test
    void takeAConditionAndPlacesForPlaceholders() {
        assertThat(directives("-- migrator: only-if=env:production, placeholders=bodies"))
                .isEqualTo(new Directives(true, null, null, Replacing.BODIES, new OnlyIf("production", false)));
        assertThat(directives("-- migrator: only-if=!env:eu-west").onlyIf()).isEqualTo(new OnlyIf("eu-west", true));
    }

    @Test
    void giveWayToNothingThatIsSaidElsewhere() {
        Directives script = new Directives(true, Duration.ofSeconds(1), null, Replacing.ON, null);
        Directives elsewhere =
                new Directives(false, Duration.ofSeconds(2), Duration.ZERO, Replacing.OFF, new OnlyIf("a", false));

        assertThat(script.or(elsewhere))
                .isEqualTo(new Directives(
                        false, Duration.ofSeconds(1), Duration.ZERO, Replacing.ON, new OnlyIf("a", false)));
        assertThat(script.or(Directives.NONE)).isEqualTo(script);
    }

    @Test
    void mayBeAllThatThereIs() {
        assertThat(directives("-- migrator: placeholders=on"))
                .isEqualTo(new Directives(true, null, null, Replacing.ON, null));
        assertThat(directives("SELECT 1 -- migrator: part of a statement")).isEqualTo(Directives.NONE);
        assertThat(directives("-- migrators: we\nSELECT 1")).isEqualTo(Directives.NONE);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "2s,2000", "5m,300000", "1h,3600000", "0,0", "PT2S,2000", "PT0.5S,500"})
    void takeDurations(String text, long millis) {
        assertThat(directives("-- migrator: lock-timeout=" + text).lockTimeout())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock-timeout=",
                "lock-timeout=5",
                "lock-timeout=-1s",
                "lock-timeout=PT-1S",
                "lock-timeout=1d",
                "lock-timeout=s",
                "lock-timeout=99999999999999999999s",
                "lock-timeout=9999999h",
                "placeholders=no",
                "only-if=production",
                "only-if=env:",
                "only-if=!production",
                "transaction=yes"
            })
    void refuseOtherValues(String directive) {
        assertThatThrownBy(() -> directives("\n -- migrator: " + directive))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:2:2: the directive '" + directive + "' needs ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"locktimeout=2s", "transaction", "transaction = none", "Transaction=none"})
    void thatAreUnknownAreAnErrorThatListsTheKnownOnes(String directive) {
        assertThatThrownBy(() -> directives("-- migrator: " + directive))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("there is no directive")
                .hasMessageContaining(
                        "transaction=none, lock-timeout=2s, statement-timeout=5m, placeholders=on|off|bodies");
    }

    @Test
    void thatComeTooLateOrTwiceAreAnError() {
        assertThatThrownBy(() -> directives("SELECT 1;\n-- migrator: transaction=none\nSELECT 2"))
                .hasMessageStartingWith("test.sql:2:1: directives stand at the script's head");
        assertThatThrownBy(() -> directives("-- migrator: placeholders=on\n-- migrator: placeholders=off"))
                .hasMessageStartingWith("test.sql:2:1: the directive 'placeholders' is given twice");
        assertThatThrownBy(() -> directives("-- migrator:")).hasMessageContaining("a directive is missing");
    }

    private static Directives directives(String text) {
        return Scripts.scan(text).directives();
    }
}
