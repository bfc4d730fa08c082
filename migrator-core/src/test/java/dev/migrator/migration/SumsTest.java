package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.sql.Placeholders;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SumsTest {

    private static final int SCRIPTS = 50;

    private final Queue<String> opened = new ConcurrentLinkedQueue<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void whoComesWhileAnotherIsHeldUpDoesTheRestAndNobodyDoesOneTwice() throws Exception {
        List<Migration> migrations =
                IntStream.range(0, SCRIPTS).mapToObj(this::migration).toList();
        Sums sums = new Sums(migrations, Placeholders.NONE);
        Thread other = new Thread(sums::compute, "sums-test");
        other.start();
        try {
            reached.await();

            sums.compute();

            assertThat(opened).hasSize(SCRIPTS).doesNotHaveDuplicates();
            assertThat(sums.get(1).checksum()).startsWith("c1:");
        } finally {
            released.countDown();
            other.join();
        }
        assertThat(sums.get(0).checksum())
                .startsWith("c1:")
                .isNotEqualTo(sums.get(1).checksum());
        assertThat(sums.get(0).version()).isEqualTo(Version.parse("0"));
    }

    @Test
    void whatCannotBeReadIsSaidOfItsOwnScriptOnly() throws Exception {
        Sums sums = new Sums(
                List.of(migration(1), migration(2, () -> {
                    throw new FileNotFoundException("gone");
                })),
                Placeholders.NONE);

        sums.compute();

        assertThat(sums.get(0).checksum()).isNotNull();
        assertThatThrownBy(() -> sums.get(1)).isInstanceOf(IOException.class).hasMessage("gone");
    }

    private Migration migration(int number) {
        return migration(number, () -> {
            opened.add("V" + number);
            if (number == 0) {
                holdUp();
            }
            return new ByteArrayInputStream(("SELECT " + number + ";").getBytes(StandardCharsets.UTF_8));
        });
    }

    private void holdUp() throws InterruptedIOException {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static Migration migration(int number, ScriptSource source) {
        String path = "V" + number + "__x.sql";
        Script script = new Script(path, path, source);
        return new Migration(Version.parse("" + number), "x", null, new Migration.Sql(script), null);
    }
}
