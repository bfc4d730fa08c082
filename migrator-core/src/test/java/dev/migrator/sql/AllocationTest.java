package dev.migrator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reading a script costs in memory that has to be collected again: counted, so that no clock is needed. */
class AllocationTest {

    private static final int MANY = 5_000;

    private static final Placeholders PLACEHOLDERS = Placeholders.of(Map.of("schema", "shop"), Replacing.ON);

    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** A reading of a script. */
    private interface Reading {

        void run() throws IOException;
    }

    private long allocated(Reading reading) throws IOException {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        reading.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /** What the longer script costs more than the shorter: what is allocated once, or at the first time, does not count. */
    private double each(String piece, Scan scan) throws IOException {
        byte[] few = piece.repeat(MANY).getBytes(StandardCharsets.UTF_8);
        byte[] many = piece.repeat(3 * MANY).getBytes(StandardCharsets.UTF_8);
        // warm: as long as it is interpreted, what is never needed outside of a method is allocated too
        scan.of(many);
        scan.of(many);
        return (allocated(() -> scan.of(many)) - allocated(() -> scan.of(few))) / (2.0 * MANY);
    }

    /** One of the two readings. */
    private interface Scan {

        void of(byte[] script) throws IOException;
    }

    private static void scan(byte[] script) throws IOException {
        new ScriptScanner("many.sql", new ByteArrayInputStream(script), PLACEHOLDERS, Directives.NONE).outline();
    }

    private static int read(byte[] script) throws IOException {
        try (StatementReader reader =
                new StatementReader("many.sql", new ByteArrayInputStream(script), PLACEHOLDERS, Directives.NONE)) {
            int length = 0;
            for (Statement statement; (statement = reader.next()) != null; ) {
                length += statement.text().length();
            }
            return length;
        }
    }

    @Test
    void scanningAllocatesNothingForATokenOrAStatement() throws IOException {
        String[] pieces = {
            "INSERT INTO t VALUES (4711, 'it''s ok; really', E'a\\'b', now()); -- and why\n",
            "CREATE TABLE t (id bigint PRIMARY KEY, \"Note\" varchar(200) NOT NULL DEFAULT '', at date /* of it */);\r\n",
            "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $body$ SELECT 1; $body$;\n",
            "ALTER TABLE t ADD COLUMN größe numeric(12, 2), DROP COLUMN b, ALTER COLUMN c SET NOT NULL;\n",
        };
        for (String piece : pieces) {
            assertThat(each(piece, AllocationTest::scan)).as(piece).isLessThan(2);
        }
    }

    @Test
    void scanningACopyAllocatesNothingForItsLines() throws IOException {
        String lines = "1\tsome text\n2\tmore of it, naïve\n".repeat(20);

        // one small object for the COPY itself
        assertThat(each("COPY t (a, b) FROM STDIN;\n" + lines + "\\.\n\n", AllocationTest::scan))
                .isLessThan(40);
    }

    @Test
    void readingAllocatesAStatementsTextAndLittleBesides() throws IOException {
        String piece = "INSERT INTO t VALUES (4711, 'it''s ok; really', E'a\\'b', now());\n";

        assertThat(each(piece, AllocationTest::read)).isLessThan(piece.length() + 200);
    }

    @Test
    void summingUpATextAllocatesNothingForItsLength() throws IOException {
        String piece = "some line, größer\r\n";

        assertThat(each(piece, Checksum::of)).isLessThan(0.1);
    }
}
