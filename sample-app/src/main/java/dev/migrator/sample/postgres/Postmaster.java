package dev.migrator.sample.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that has outlived its application, because that was killed. A new one cannot start beside it. */
record Postmaster(ProcessHandle process) {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

    private static final long STOP_WAIT_SECONDS = 10;

    /** Stops the server that the directory's pid file names; removes the file if its number belongs to no server any more. */
    static void stopLeftOver(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null && isServer(process)) {
            new Postmaster(process).stop();
        } else {
            // the machine was restarted, and the number may be another program's by now: the server would take it for
            // one
            Files.delete(pidFile);
        }
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith("postgres"))
                .isPresent();
    }

    /** Asks it to stop; kills it if it does not, which loses nothing: the next one replays its log. */
    private void stop() {
        LOG.info("Stopping the PostgreSQL server {} that a killed application left behind", process.pid());
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
        if (process.isAlive()) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
