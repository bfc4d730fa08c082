package dev.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpEncodingTest {

    private static String decoded(String name, String text, Charset charset) {
        DumpEncoding encoding = new DumpEncoding();
        encoding.decode("SET client_encoding = '" + name + "';");
        return encoding.decode(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF8, größe, UTF-8",
        "LATIN1, größe, ISO-8859-1",
        "LATIN2, żółw, ISO-8859-2",
        "LATIN5, ışık, ISO-8859-9",
        "LATIN9, œuvre €, ISO-8859-15",
        "ISO_8859_5, число, ISO-8859-5",
        "WIN1252, œuvre €, windows-1252",
        "WIN1251, число, windows-1251",
        "WIN866, число, IBM866",
        "KOI8R, число, KOI8-R",
        "EUC_JP, 日本, EUC-JP",
        "SJIS, 日本, Shift_JIS",
        "GB18030, 中文, GB18030",
        "BIG5, 中文, Big5"
    })
    void readsWhatPostgresCallsAsJavaCallsIt(String name, String text, String charset) {
        assertThat(decoded(name, text, Charset.forName(charset))).isEqualTo(text);
    }

    @Test
    void whatHasNoEncodingOrAnUnknownOneIsReadAsTheDriverDoes() {
        assertThat(decoded("SQL_ASCII", "größe", StandardCharsets.UTF_8)).isEqualTo("größe");
        assertThat(decoded("MULE_INTERNAL", "größe", StandardCharsets.UTF_8)).isEqualTo("größe");
    }
}
