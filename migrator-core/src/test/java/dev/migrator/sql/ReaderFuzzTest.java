package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No input makes the reader loop, overflow or lose a byte, however its bytes come in. */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderFuzzTest {

    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "$",
        "$$",
        "$a$",
        "$ä$",
        "$1",
        "--",
        "-",
        "/*",
        "*/",
        "/",
        "*",
        "(",
        ")",
        ";",
        ";",
        ";",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\\",
        "\\.",
        "\\.\n",
        "\\restrict x\n",
        "E'",
        "e",
        "U&'",
        "N'",
        "b$",
        "SELECT 1",
        "CREATE ",
        "FUNCTION ",
        "OR REPLACE ",
        "BEGIN ",
        "ATOMIC ",
        "CASE ",
        "END ",
        "AS ",
        ".",
        "COPY t FROM STDIN",
        "REINDEX (CONCURRENTLY",
        "=",
        "off",
        ",",
        "VACUUM",
        "COMMIT",
        "SET standard_conforming_strings = off;",
        "-- migrator: transaction=none\n",
        "ä",
        "日本",
        "🙂",
        "0",
        "1e5",
        "\uFEFF"
    };

    @Test
    void randomBytes() {
        Random random = new Random(20260128);
        for (int round = 0; round < 20_000; round++) {
            byte[] script = new byte[random.nextInt(60)];
            random.nextBytes(script);
            if (random.nextBoolean()) {
                for (int i = 0; i < script.length; i++) {
                    script[i] = (byte) (script[i] & 0x7F);
                }
            }
            check(script, random);
        }
    }

    @Test
    void randomTokens() {
        Random random = new Random(42);
        for (int round = 0; round < 60_000; round++) {
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(25); i > 0; i--) {
                script.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(script.toString().getBytes(StandardCharsets.UTF_8), random);
        }
    }

    private static void check(byte[] script, Random random) {
        Reading whole = read(new ByteArrayInputStream(script), ScriptInput.BUFFER_SIZE, script);
        Reading drop = read(new Drops(script), 1 + random.nextInt(80), script);

        assertThat(drop.comparable()).isEqualTo(whole.comparable());
        scan(script, whole);
    }

    /** Reads to the end or to an error, and checks on the way that statements, data and gaps are the script. */
    private static Reading read(InputStream in, int bufferSize, byte[] script) {
        List<Statement> statements = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        long at = 0;
        try (StatementReader reader = new StatementReader("fuzz.sql", in, bufferSize)) {
            for (Statement statement; (statement = reader.next()) != null; ) {
                statements.add(statement);
                assertThat(statement.start()).isGreaterThanOrEqualTo(at);
                assertThat(statement.end()).isGreaterThan(statement.start()).isLessThanOrEqualTo(script.length);
                at = statement.end();
                String source = slice(script, statement.start(), at);
                assertThat(source).startsWith(statement.text());
                assertThat(source.substring(statement.text().length())).matches(";|\\s*");
                assertThat(reader.checksum()).isEqualTo(Checksum.of(Arrays.copyOf(script, (int) at)));
                if (statement.kind() == Kind.COPY_FROM_STDIN && statement.number() % 2 == 0) {
                    String read = new String(reader.copyData().readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(slice(script, at, script.length)).contains(read);
                    data.append(read);
                }
            }
            assertThat(reader.checksum()).isEqualTo(Checksum.of(script));
            return new Reading(statements, data.toString(), null);
        } catch (ScriptException e) {
            return new Reading(statements, data.toString(), e);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void scan(byte[] script, Reading reading) {
        try {
            ScriptOutline outline = ScriptScanner.scan("fuzz.sql", new Drops(script), 1);
            assertThat(reading.error()).isNull();
            assertThat(outline.checksum()).isEqualTo(Checksum.of(script));
            int next = 1;
            for (Segment segment : outline.segments()) {
                assertThat(segment.first()).isEqualTo(next);
                assertThat(segment.last()).isGreaterThanOrEqualTo(segment.first());
                next = segment.last() + 1;
            }
            assertThat(outline.statements()).isEqualTo(next - 1);
        } catch (ScriptException e) {
            if (reading.error() == null) {
                assertThat(e.problem()).matches("this transaction is never committed|PREPARE TRANSACTION.*");
            } else {
                assertThat(e.problem()).isEqualTo(reading.error().problem());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String slice(byte[] script, long from, long to) {
        return new String(script, (int) from, (int) (to - from), StandardCharsets.UTF_8);
    }

    private record Reading(List<Statement> statements, String data, ScriptException error) {
        /** Without what is shown for convenience only: it may be shorter where less is at hand. */
        List<Object> comparable() {
            List<Object> parts = new ArrayList<>(List.of(data));
            for (Statement s : statements) {
                parts.add(new Statement(
                        s.number(),
                        s.kind(),
                        s.chain(),
                        s.text(),
                        s.replaced(),
                        "",
                        s.line(),
                        s.column(),
                        s.start(),
                        s.end()));
            }
            if (error != null) {
                parts.addAll(List.of(error.line(), error.column(), error.problem()));
            }
            return parts;
        }
    }

    /** A stream that gives one byte at a time. */
    private static final class Drops extends ByteArrayInputStream {
        Drops(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }
}
