package dev.migrator.backup;

import dev.migrator.postgres.LibpqConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of PostgreSQL's own programs, run to its end. It never asks for a password: nobody would answer. */
final class ClientProgram {

    private static final int POLL_MS = 100;

    private static final int GRACE_SECONDS = 5;

    /** What the JVM adds to a signal that ended a process, to make a status of it. */
    private static final int SIGNALLED = 128;

    /** As much of what it has to say as a person reads. */
    private static final int KEPT_BYTES = 8_000;

    private static final Set<String> ELSEWHERE = Set.of("PGSERVICE", "PGHOSTADDR", "PGTARGETSESSIONATTRS");

    /** No line that is worth counting is longer. */
    private static final int MAX_LINE = 1_000;

    private final Path program;
    private final @Nullable LibpqConnection connection;
    private final Consumer<String> hearer;

    /**
     * Describes it.
     *
     * @param connection where it is to connect to, or null if it does not
     */
    ClientProgram(Path program, @Nullable LibpqConnection connection) {
        this(program, connection, line -> {});
    }

    private ClientProgram(Path program, @Nullable LibpqConnection connection, Consumer<String> hearer) {
        this.program = program;
        this.connection = connection;
        this.hearer = hearer;
    }

    /** The same, with somebody who is told the beginning of each line that it writes to standard error, by another thread. */
    ClientProgram heardBy(Consumer<String> other) {
        return new ClientProgram(program, connection, other);
    }

    /**
     * How it ended.
     *
     * @param errors the last of what it wrote to standard error
     */
    record Result(int exitCode, String errors) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** What to do with what it writes to standard output. */
    @FunctionalInterface
    interface Output {

        Output NONE = output -> output.transferTo(OutputStream.nullOutputStream());

        void read(InputStream output) throws IOException;
    }

    /**
     * Runs it.
     *
     * @param watch called several times a second while it runs
     * @param cancelled asked as often; then the program is ended
     * @throws CancellationException if it was ended for that
     * @throws IOException if it cannot be started, or its output cannot be read
     */
    Result run(List<String> arguments, Output output, Runnable watch, BooleanSupplier cancelled) throws IOException {
        Process process = start(arguments);
        FutureTask<String> errors = inThread(() -> tail(process.getErrorStream()));
        FutureTask<Boolean> read = inThread(() -> {
            try {
                output.read(process.getInputStream());
            } catch (IOException | RuntimeException e) {
                // nobody reads on, so that it would wait for a reader for ever
                process.destroy();
                throw e;
            }
            return true;
        });
        try {
            while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException(program.getFileName() + " was ended, for the run was cancelled");
                }
                watch.run();
            }
            if (process.exitValue() == 0) {
                read.get();
            }
            return new Result(process.exitValue(), said(errors, process.exitValue()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(program.getFileName() + " was ended, for its thread was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            end(process);
        }
    }

    /** One that was killed may leave workers of its own, who keep the pipe open. */
    private static String said(FutureTask<String> errors, int exitCode)
            throws InterruptedException, ExecutionException {
        try {
            return exitCode == 0
                    ? errors.get().strip()
                    : errors.get(exitCode > SIGNALLED ? 1 : GRACE_SECONDS, TimeUnit.SECONDS)
                            .strip();
        } catch (TimeoutException e) {
            return "";
        }
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // the messages as this room knows them, and the moment in a dump's head, which has no zone, as UTC
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        if (connection != null) {
            // these would lead elsewhere, whatever the others say
            builder.environment().keySet().removeAll(ELSEWHERE);
            builder.environment().put("PGAPPNAME", "migrator: " + program.getFileName());
            builder.environment().putAll(connection.variables());
            String obstacle = obstacle(connection);
            if (obstacle != null) {
                throw new IOException(obstacle);
            }
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /**
     * Why a program could not be told of the connection, or null if it can: the JVM would hand over a question mark for each
     * character that its encoding lacks.
     */
    static @Nullable String obstacle(LibpqConnection connection) {
        Charset encoding = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return connection.variables().entrySet().stream()
                .filter(variable -> !encoding.newEncoder().canEncode(variable.getValue()))
                .map(variable -> variable.getKey()
                        + " has characters that Java cannot hand to a program in the encoding " + encoding)
                .findFirst()
                .orElse(null);
    }

    private static <T> FutureTask<T> inThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "migrator-client-program");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private String tail(InputStream in) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[KEPT_BYTES];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            kept.write(chunk, 0, n);
            hear(chunk, n, line);
            if (kept.size() > 2 * KEPT_BYTES) {
                byte[] all = kept.toByteArray();
                kept.reset();
                kept.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
            }
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private void hear(byte[] chunk, int length, ByteArrayOutputStream line) {
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                hearer.accept(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < MAX_LINE) {
                line.write(chunk[i]);
            }
        }
    }

    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        // jobs of a parallel dump, which would write on for a moment
        List<ProcessHandle> jobs = process.descendants().toList();
        process.destroy();
        boolean ended = await(process.onExit());
        for (ProcessHandle job : jobs) {
            job.destroy();
            ended &= await(job.onExit());
        }
        if (!ended) {
            process.destroyForcibly();
            jobs.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean await(Future<?> end) {
        try {
            end.get(GRACE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
