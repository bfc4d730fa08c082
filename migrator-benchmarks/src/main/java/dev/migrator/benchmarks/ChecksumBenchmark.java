package dev.migrator.benchmarks;

import dev.migrator.sql.Checksum;
import java.nio.charset.StandardCharsets;
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

/** The checksum alone. An operation is a megabyte (of 1,000,000 bytes), so that ops/s are MB/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChecksumBenchmark {

    private static final int MEGABYTES = 4;

    /** How lines end. */
    @Param({"LF", "CRLF"})
    String lines = "LF";

    private byte[] script = {};

    @Setup
    public void write() {
        script = SqlText.MIXED.bytes(MEGABYTES * 1_000_000);
        if (lines.equals("CRLF")) {
            script = crlf(script);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public String of() {
        return Checksum.of(script);
    }

    private static byte[] crlf(byte[] text) {
        String latin = new String(text, StandardCharsets.ISO_8859_1);
        return latin.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
