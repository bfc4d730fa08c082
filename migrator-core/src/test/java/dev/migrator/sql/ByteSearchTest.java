package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final int MUCH = 10_000;

    @Test
    void findsTheFirstWhereverItStands() {
        byte[] text = new byte[MUCH];
        Arrays.fill(text, (byte) 'a');
        for (int at = 0; at < MUCH; at += 3) {
            text[at] = '\n';
            // a neighbour that differs by one bit, and one behind it that is wanted too
            text[Math.max(0, at - 1)] = at == 0 ? (byte) '\n' : '\n' + 1;
            text[Math.min(MUCH - 1, at + 2)] = '\n';

            assertThat(new ByteSearch(text).indexOf((byte) '\n', 0, MUCH)).isEqualTo(at);
            assertThat(new ByteSearch(text).indexOf((byte) '\n', Math.min(at, 5), at))
                    .isEqualTo(at);
            Arrays.fill(text, Math.max(0, at - 1), Math.min(MUCH, at + 3), (byte) 'a');
        }
    }

    @Test
    void findsTheFirstThatIsNoAsciiOrANul() {
        byte[] text = new byte[MUCH];
        for (byte wanted : new byte[] {0, -1, (byte) 0x80, (byte) 0xC3}) {
            Arrays.fill(text, (byte) 0x7F);
            for (int at = 0; at < MUCH; at += 5) {
                text[at] = wanted;

                assertThat(new ByteSearch(text).endOfAscii(0, MUCH)).isEqualTo(at);
                text[at] = 1;
            }
            assertThat(new ByteSearch(text).endOfAscii(3, MUCH)).isEqualTo(MUCH);
        }
    }

    @Test
    void agreesWithALoopOverRandomBytes() {
        Random random = new Random(4711);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = new byte[4_000 + random.nextInt(3_000)];
            random.nextBytes(text);
            for (int j = 0; j < text.length; j++) {
                text[j] = (byte) (i % 2 == 0 ? text[j] : (text[j] & 0x7F) | 1);
            }
            int from = random.nextInt(50);
            int to = text.length - random.nextInt(50);
            byte wanted = (byte) random.nextInt(256);

            assertThat(new ByteSearch(text).indexOf(wanted, from, to)).isEqualTo(slow(wanted, text, from, to));
        }
    }

    private static int slow(byte wanted, byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != wanted) {
            at++;
        }
        return at;
    }
}
