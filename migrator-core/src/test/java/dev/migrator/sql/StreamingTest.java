package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory does not grow with the size of a script. */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamingTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void manySmallStatementsNeedTheSmallestBuffer() throws IOException {
        String insert = "INSERT INTO orders (id, note, at) VALUES (4711, 'it''s ok; really', now());\n";
        int count = 50 * MEGABYTE / insert.length();
        try (StatementReader reader = new StatementReader("big.sql", new Repeated("", insert, count, ""))) {
            int read = 0;
            while (reader.next() != null) {
                read++;
            }
            assertThat(read).isEqualTo(count);
            assertThat(reader.line()).isEqualTo(count + 1);
            assertThat(reader.bufferSize()).isEqualTo(ScriptInput.BUFFER_SIZE);
        }
    }

    @Test
    void aLineOfManyStatementsIsReadInLinearTime() throws IOException {
        String insert = "INSERT INTO t VALUES (1); ";
        int count = 10 * MEGABYTE / insert.length();
        try (StatementReader reader = new StatementReader("line.sql", new Repeated("", insert, count, "SELECT 1"))) {
            Statement last = null;
            for (Statement statement; (statement = reader.next()) != null; ) {
                last = statement;
            }
            assertThat(last).isNotNull();
            assertThat(last.column()).isEqualTo(count * insert.length() + 1);
        }
    }

    @Test
    void copyDataIsNotHeld() throws IOException {
        String line = "4711\tsome text that goes on for a while\t\\N\n";
        int count = 20 * MEGABYTE / line.length();
        try (StatementReader reader =
                new StatementReader("copy.sql", new Repeated("COPY t FROM STDIN;\n", line, count, "\\.\nSELECT 1;"))) {
            reader.next();
            long length = 0;
            byte[] chunk = new byte[8192];
            try (InputStream data = reader.copyData()) {
                for (int n; (n = data.read(chunk)) >= 0; ) {
                    length += n;
                }
            }
            assertThat(length).isEqualTo((long) count * line.length());
            Statement next = reader.next();
            assertThat(next).isNotNull();
            assertThat(next.line()).isEqualTo(count + 3);
            assertThat(reader.bufferSize()).isEqualTo(ScriptInput.BUFFER_SIZE);
        }
    }

    @Test
    void aCommentBetweenStatementsIsNotHeld() throws IOException {
        try (StatementReader reader =
                new StatementReader("comment.sql", new Repeated("/*", "it's long; ", MEGABYTE, "*/ SELECT 1;"))) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.bufferSize()).isEqualTo(ScriptInput.BUFFER_SIZE);
        }
    }

    @Test
    void aScanHoldsNotEvenOneStatement() throws IOException {
        StatementCursor cursor = new StatementCursor(
                "huge.sql",
                new Repeated("INSERT INTO t VALUES (0)", ",\n(1, 'x')", MEGABYTE, ";"),
                ScriptInput.BUFFER_SIZE,
                false,
                Placeholders.NONE,
                Directives.NONE,
                problem -> {});

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.bufferSize()).isEqualTo(ScriptInput.BUFFER_SIZE);
        cursor.close();
    }

    @Test
    void aScanKeepsNoPlaceholders() throws IOException {
        Placeholders placeholders = Placeholders.of(Map.of("row", "(1, 'x;')", "s", "y"), Replacing.ON);
        ScriptScanner scanner = new ScriptScanner(
                "huge.sql",
                new Repeated("INSERT INTO t VALUES (0)", ",\n${row}, (2, '${s}')", MEGABYTE, ";"),
                placeholders,
                Directives.NONE);

        assertThat(scanner.outline().statements()).isEqualTo(1);
        assertThat(scanner.bufferSize()).isEqualTo(ScriptInput.BUFFER_SIZE);
        assertThat(scanner.remembered()).isZero();
    }

    @Test
    void oneLargeStatementIsHeldOnce() throws IOException {
        try (StatementReader reader =
                new StatementReader("large.sql", new Repeated("SELECT '", "x;", MEGABYTE, "'; SELECT 2;"))) {
            Statement first = reader.next();
            assertThat(first).isNotNull();
            assertThat(first.text()).hasSize(2 * MEGABYTE + 9);
            assertThat(reader.bufferSize()).isLessThanOrEqualTo(4 * MEGABYTE);
        }
    }

    /** A head, a piece many times, a tail. */
    private static final class Repeated extends InputStream {

        private final byte[] piece;
        private final byte[] tail;
        private int left;
        private byte[] current;
        private int at;

        Repeated(String head, String piece, int times, String tail) {
            this.current = head.getBytes(StandardCharsets.UTF_8);
            this.piece = piece.getBytes(StandardCharsets.UTF_8);
            this.tail = tail.getBytes(StandardCharsets.UTF_8);
            this.left = times;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int done = 0;
            while (done < length) {
                if (at == current.length) {
                    if (left < 0) {
                        break;
                    }
                    current = left-- > 0 ? piece : tail;
                    at = 0;
                }
                int count = Math.min(length - done, current.length - at);
                System.arraycopy(current, at, target, offset + done, count);
                at += count;
                done += count;
            }
            return done == 0 ? -1 : done;
        }
    }
}
