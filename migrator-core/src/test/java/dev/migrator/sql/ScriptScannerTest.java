package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptScannerTest {

    @Test
    void oneTransactionIsTheRule() {
        ScriptOutline outline = Scripts.scan("CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nANALYZE t");

        assertThat(outline.statements()).isEqualTo(3);
        assertThat(outline.segments()).containsExactly(transaction(1, 3, null));
        assertThat(outline.directives()).isEqualTo(Directives.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "-- nothing\n", "/* nothing */ ;;\n;", "\uFEFF", "BEGIN; COMMIT;"})
    void aScriptWithoutStatementsHasNoSegments(String text) {
        ScriptOutline outline = Scripts.scan(text);

        assertThat(outline.statements()).isZero();
        assertThat(outline.segments()).isEmpty();
        assertThat(outline.checksum()).isEqualTo(Checksum.of(text));
    }

    @Test
    void whatCannotRunInATransactionIsCutOut() {
        assertThat(segments("A; VACUUM; CREATE INDEX CONCURRENTLY i ON t (a); B; C; VACUUM;"))
                .containsExactly(transaction(1, 1, null), none(2, 3), transaction(4, 5, null), none(6, 6));
    }

    @Test
    void beginAndCommitAroundTheScriptAreOneTransaction() {
        assertThat(segments("BEGIN; A; B; COMMIT;")).containsExactly(transaction(1, 2, "BEGIN"));
        assertThat(segments("start transaction isolation level serializable; A; B; end;"))
                .containsExactly(transaction(1, 2, "start transaction isolation level serializable"));
    }

    @Test
    void theScriptsTransactionsAreApartFromWhatStandsBetweenThem() {
        assertThat(segments("A; BEGIN; B; COMMIT; C; D; BEGIN READ WRITE; E; COMMIT; BEGIN; COMMIT; F;"))
                .containsExactly(
                        transaction(1, 1, null),
                        transaction(2, 2, "BEGIN"),
                        transaction(3, 4, null),
                        transaction(5, 5, "BEGIN READ WRITE"),
                        transaction(6, 6, null));
    }

    @Test
    void aBareCommitEndsASegmentAndBeginsTheNext() {
        assertThat(segments("A; COMMIT; B; C; END; COMMIT;"))
                .containsExactly(transaction(1, 1, null), transaction(2, 3, null));
    }

    @Test
    void chainedTransactionsKeepTheirOptions() {
        assertThat(
                        segments(
                                "BEGIN ISOLATION LEVEL SERIALIZABLE; A; COMMIT AND CHAIN; B; ROLLBACK AND CHAIN; C; COMMIT; D;"))
                .containsExactly(
                        transaction(1, 1, "BEGIN ISOLATION LEVEL SERIALIZABLE"),
                        new Segment(2, 2, Mode.TRANSACTION, "BEGIN ISOLATION LEVEL SERIALIZABLE", true),
                        transaction(3, 3, "BEGIN ISOLATION LEVEL SERIALIZABLE"),
                        transaction(4, 4, null));
    }

    @Test
    void whatTheScriptRollsBackIsASegmentOfItsOwn() {
        assertThat(segments("BEGIN; A; SAVEPOINT s; B; ROLLBACK TO s; ROLLBACK; C;"))
                .containsExactly(new Segment(1, 4, Mode.TRANSACTION, "BEGIN", true), transaction(5, 5, null));
    }

    @Test
    void aRollbackWithoutBeginTakesNothingBackAsInPsql() {
        assertThat(segments("A; ROLLBACK; B;")).containsExactly(transaction(1, 1, null), transaction(2, 2, null));
    }

    @Test
    void aBeginInsideOfATransactionDoesNothingAsInPsql() {
        assertThat(segments("BEGIN; A; BEGIN; B; COMMIT;")).containsExactly(transaction(1, 2, "BEGIN"));
    }

    @Test
    void newEnumValuesAreCommittedBeforeTheyAreUsed() {
        assertThat(segments("A; ALTER TYPE e ADD VALUE 'x'; ALTER TYPE e ADD VALUE 'y'; B; C;"))
                .containsExactly(transaction(1, 3, null), transaction(4, 5, null));
        assertThat(segments("ALTER TYPE e ADD VALUE 'x';")).containsExactly(transaction(1, 1, null));
        assertThat(segments("BEGIN; ALTER TYPE e ADD VALUE 'x'; B; COMMIT;"))
                .containsExactly(transaction(1, 2, "BEGIN"));
    }

    @Test
    void insideOfItsOwnTransactionTheScriptIsFollowed() {
        assertThat(segments("BEGIN; A; VACUUM; COMMIT;")).containsExactly(transaction(1, 2, "BEGIN"));
    }

    @Test
    void withoutTransactionsTheScriptsOwnRemain() {
        assertThat(segments("-- migrator: transaction=none\nA; B; BEGIN; C; COMMIT; D;"))
                .containsExactly(none(1, 2), transaction(3, 3, "BEGIN"), none(4, 4));
    }

    @Test
    void aTransactionThatIsNeverClosedIsAnErrorAtItsBegin() {
        assertThatThrownBy(() -> Scripts.scan("A;\n  BEGIN;\nB;"))
                .isInstanceOf(ScriptException.class)
                .hasMessage("test.sql:2:3: this transaction is never committed\n  BEGIN\n  ^");
    }

    @Test
    void prepareTransactionIsRefused() {
        assertThatThrownBy(() -> Scripts.scan("BEGIN;\nA;\nPREPARE TRANSACTION 'x';"))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.sql:3:1: PREPARE TRANSACTION");
    }

    @Test
    void theChecksumIsThatOfTheWholeText() {
        String text = "\uFEFFSELECT 1;\r\nCOPY t FROM STDIN;\r\n1\r\n\\.\r\n-- end";

        assertThat(Scripts.scan(text).checksum()).isEqualTo(Checksum.of(text));
    }

    private static List<Segment> segments(String text) {
        return Scripts.scan(text).segments();
    }

    private static Segment transaction(int first, int last, @Nullable String begin) {
        return new Segment(first, last, Mode.TRANSACTION, begin, false);
    }

    private static Segment none(int first, int last) {
        return new Segment(first, last, Mode.NONE, null, false);
    }
}
