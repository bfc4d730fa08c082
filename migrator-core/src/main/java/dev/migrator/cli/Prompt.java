package dev.migrator.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a person, and does so no longer when the process is asked to end: the answer is awaited beside the thread that reads
 * it, for reading ends only with a line. Who closes an application waits for the thread that starts it; ctrl-C would do
 * nothing, and a line that is typed after it would be taken for the answer.
 */
record Prompt(Terminal terminal) {

    private static final Logger LOG = LoggerFactory.getLogger(Prompt.class);

    /** What was answered; null if the input, or the process, ended instead. */
    @Nullable
    String ask(String prompt) {
        FutureTask<@Nullable String> answer = new FutureTask<>(() -> terminal.readLine(prompt));
        Thread hook = new Thread(() -> answer.cancel(false), "migrator-prompt-end");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already
            return null;
        }
        try {
            Thread reader = new Thread(answer, "migrator-prompt");
            reader.setDaemon(true);
            reader.start();
            return answer.get();
        } catch (CancellationException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The answer could not be read", e.getCause());
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process ends: the hook is at work", e);
        }
    }
}
