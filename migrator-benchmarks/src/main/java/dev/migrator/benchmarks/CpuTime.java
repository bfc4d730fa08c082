package dev.migrator.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells beside each result how much processor time an operation took, in microseconds, the collector's and the compiler's
 * included: on a machine that does other things meanwhile it says more than the time by the clock. To be asked for with
 * {@code -prof dev.migrator.benchmarks.CpuTime}.
 */
public final class CpuTime implements InternalProfiler {

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long before;

    @Override
    public String getDescription() {
        return "Processor time of each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = process.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double micros = (process.getProcessCpuTime() - before) / 1_000.0;
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult("cpu", micros / Math.max(1, operations), "us/op", AggregationPolicy.AVG));
    }
}
