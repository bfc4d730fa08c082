package dev.migrator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HistoryTest {

    private static final Version ONE = Version.parse("1");

    private final Rows rows = new Rows();

    @Test
    void isAbsentWithoutATable() {
        assertThat(History.absent().exists()).isFalse();
        assertThat(History.absent().isEmpty()).isTrue();
        assertThat(rows.history().exists()).isTrue();
        assertThat(rows.history().isEmpty()).isTrue();
    }

    @Test
    void theNewestRowOfAVersionSpeaks() {
        rows.failed("1").applied("2").applied("1");
        HistoryRow newest = rows.last();

        History history = rows.history();

        assertThat(history.of(ONE)).isSameAs(newest);
        assertThat(history.of(Version.parse("001.0"))).isSameAs(newest);
        assertThat(history.versions()).hasSize(2);
        assertThat(history.of(Version.parse("3"))).isNull();
    }

    @Test
    void aRepairsRowSpeaksToo() {
        History history = rows.applied("1", "c1:old").repair("1", "c1:new").history();

        assertThat(history.of(ONE)).extracting(HistoryRow::checksum).isEqualTo("c1:new");
    }

    @Test
    void anAppliedRollbackMakesTheVersionPendingAgain() {
        History history = rows.applied("1").rollback("1", State.APPLIED).history();

        assertThat(history.of(ONE)).isNull();
        assertThat(history.versions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "APPLIED")
    void anotherRollbackLeavesItAsItWas(State state) {
        rows.applied("1");
        HistoryRow applied = rows.last();

        assertThat(rows.rollback("1", state).history().of(ONE)).isSameAs(applied);
    }

    @Test
    void aVersionMayBeAppliedAgainAfterItsRollback() {
        rows.applied("1").rollback("1", State.APPLIED).applied("1");
        HistoryRow newest = rows.last();

        assertThat(rows.history().of(ONE)).isSameAs(newest);
    }

    @Test
    void isNotEmptyOnceAnythingWasRecorded() {
        assertThat(rows.applied("1").rollback("1", State.APPLIED).history().isEmpty())
                .isFalse();
        assertThat(new Rows().failed("1").history().isEmpty()).isFalse();
        assertThat(new Rows().restore().history().isEmpty()).isFalse();
    }

    @Test
    void repeatablesAreKnownByTheirDescription() {
        rows.repeatable("views", "c1:1").applied("1").repeatable("views", "c1:2");
        HistoryRow newest = rows.last();

        History history = rows.history();

        assertThat(history.ofRepeatable("views")).isSameAs(newest);
        assertThat(history.ofRepeatable("x")).isNull();
        assertThat(history.repeatables()).containsExactly(newest);
        assertThat(history.versions()).hasSize(1);
    }

    @Test
    void whatConcernsNoMigrationIsNone() {
        History history = rows.restore().history();

        assertThat(history.versions()).isEmpty();
        assertThat(history.repeatables()).isEmpty();
    }

    @Test
    void knowsItsBaseline() {
        assertThat(rows.applied("1").history().baseline()).isNull();
        assertThat(new Rows().baseline("3").applied("4").history().baseline()).isEqualTo(Version.parse("3"));
    }
}
