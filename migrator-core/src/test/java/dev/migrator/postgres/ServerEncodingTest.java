package dev.migrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.sql.Repertoire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "LATIN1, é, €",
        "LATIN2, ł, €",
        "LATIN3, ħ, €",
        "LATIN4, ē, €",
        "LATIN5, ğ, €",
        "LATIN7, ģ, €",
        "LATIN9, €, ł",
        "LATIN10, €, ж",
        "ISO_8859_5, ж, €",
        "ISO_8859_6, ش, €",
        "ISO_8859_7, λ, ж",
        "ISO_8859_8, ש, €",
        "WIN866, ж, €",
        "WIN874, ก, ж",
        "WIN1250, ł, ж",
        "WIN1251, ж, ł",
        "WIN1252, –, ж",
        "WIN1253, λ, ж",
        "WIN1254, ğ, ж",
        "WIN1255, ש, ж",
        "WIN1256, ش, ж",
        "WIN1257, ģ, ж",
        "WIN1258, đ, ж",
        "KOI8R, ж, €",
        "KOI8U, є, €",
        "EUC_JP, 本, 😀",
        "EUC_CN, 李, 😀",
        "EUC_KR, 한, 😀",
        "EUC_TW, 本, 😀"
    })
    void holdsItsOwnCharactersAndNoOthers(String encoding, String own, String other) {
        Repertoire repertoire = ServerEncoding.repertoire(encoding);

        assertThat(repertoire.holds(own)).isTrue();
        assertThat(repertoire.holds(other)).isFalse();
        assertThat(repertoire.fit(own + other + own)).isEqualTo(own + "?" + own);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"UTF8", "SQL_ASCII", "MULE_INTERNAL", "EUC_JIS_2004", "LATIN6", "TOMORROWS"})
    void holdsAllWhereItDoesOrIsNotKnown(String encoding) {
        Repertoire repertoire = ServerEncoding.repertoire(encoding);

        assertThat(repertoire.holds("é€ж本😀")).isTrue();
        assertThat(repertoire.fit("é€ж本😀")).isEqualTo("é€ж本😀");
    }
}
