package dev.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.migrator.testing.DatabaseTest;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Ten times as many pending scripts cost ten times as much. */
class ManyPendingTest extends DatabaseTest {

    private static final int FEW = 40;
    private static final long KILOBYTE = 1024;

    private int last;

    @Test
    void eachAllocatesTheSameWhateverTheirNumberIs() {
        allocatedBy(FEW); // loads the classes

        long few = allocatedBy(FEW);
        long many = allocatedBy(10 * FEW);

        assertThat(many / FEW / 10).isBetween(4 * KILOBYTE, 96 * KILOBYTE);
        assertThat(many).isLessThan(12 * few);
        assertThat(history()).hasSize(12 * FEW);
    }

    /** The thread's own bytes: the observer's, and other tests', do not count. */
    private long allocatedBy(int scriptsMore) {
        for (int i = 0; i < scriptsMore; i++) {
            last++;
            scripts.with(
                    "V%d__t.sql".formatted(last),
                    "CREATE TABLE t%1$d (id int);\nINSERT INTO t%1$d VALUES (1);\nINSERT INTO t%1$d VALUES (2);\n"
                            .formatted(last));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        MigrationReport report = migrator().build().migrate();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(report.applied()).hasSize(scriptsMore);
        return allocated;
    }
}
