package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

    private static final String LINES = "SELECT 1;\n\nSELECT 'ä';\n";

    @Test
    void hasATagAndSixteenDigits() {
        assertThat(Checksum.of("")).isEqualTo("c1:0000000000000000");
        // the check values of CRC-32 and CRC-32C (RFC 3720, and Rocksoft's model)
        assertThat(Checksum.of("123456789")).isEqualTo("c1:cbf43926e3069283");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void lineEndsMakeNoDifference(String lineEnd) {
        assertThat(Checksum.of(LINES.replace("\n", lineEnd))).isEqualTo(Checksum.of(LINES));
    }

    @Test
    void aByteOrderMarkMakesNoDifference() {
        assertThat(Checksum.of("\uFEFF" + LINES)).isEqualTo(Checksum.of(LINES));
    }

    @Test
    void otherwiseEveryCharacterMakesADifference() {
        assertThat(Checksum.of("SELECT 1; ")).isNotEqualTo(Checksum.of("SELECT 1;"));
        assertThat(Checksum.of("a\n\nb")).isNotEqualTo(Checksum.of("a\nb"));
        assertThat(Checksum.of("a\n\rb")).isEqualTo(Checksum.of("a\n\nb"));
        assertThat(Checksum.of("a\uFEFF")).isNotEqualTo(Checksum.of("a"));
    }

    @Test
    void itDoesNotMatterHowTheTextIsCutAndWhenTheSumIsAskedFor() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] text = randomText(random).getBytes(StandardCharsets.UTF_8);
            Checksum checksum = new Checksum();
            for (int from = 0; from < text.length; ) {
                int to = Math.min(text.length, from + 1 + random.nextInt(4));
                checksum.update(text, from, to - from);
                from = to;
                assertThat(checksum.value()).isEqualTo(Checksum.of(Arrays.copyOf(text, to)));
            }
            String normal = new String(text, StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
            assertThat(checksum.value()).isEqualTo(Checksum.of(normal));
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("\r\na".charAt(random.nextInt(3)));
        }
        return text.toString();
    }
}
