package dev.migrator.benchmarks;

import dev.migrator.sql.Directives;
import dev.migrator.sql.Placeholders;
import dev.migrator.sql.Replacing;
import dev.migrator.sql.ScriptOutline;
import dev.migrator.sql.ScriptScanner;
import dev.migrator.sql.StatementReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Both readings of a script, each with its check of UTF-8 and its checksum. An operation is a megabyte (of 1,000,000 bytes), so
 * that ops/s are MB/s, and {@code gc.alloc.rate.norm} of {@code -prof gc} is bytes for each megabyte.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LexerBenchmark {

    private static final int MEGABYTES = 16;

    @Param
    SqlText text = SqlText.MIXED;

    private byte[] script = {};

    private final Placeholders placeholders = Placeholders.of(Map.of("schema", "shop"), Replacing.ON);

    @Setup
    public void write() {
        script = text.bytes(MEGABYTES * 1_000_000);
    }

    /** The first reading: what is in it, and its checksum. */
    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public ScriptOutline scan() throws IOException {
        return new ScriptScanner("big.sql", in(), placeholders, Directives.NONE).outline();
    }

    /** The second reading: each statement with its text, and the data of each COPY. */
    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public int read() throws IOException {
        try (StatementReader reader = new StatementReader("big.sql", in(), placeholders, Directives.NONE)) {
            int statements = 0;
            while (reader.next() != null) {
                statements++;
            }
            return statements;
        }
    }

    private InputStream in() {
        return new ByteArrayInputStream(script);
    }
}
