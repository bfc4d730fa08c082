package dev.migrator.sample.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each way through {@code update.sh}, with a stand-in for the application: a script whose database is a file, and that fails
 * where it is told to. What the script does to processes is real. It waits a lot, and so the ways are gone side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class UpdateScriptTest {

    private static final String BEFORE = "applied V1__a.sql\n";

    /** In place of what an old version does before the update. */
    private static final List<String> STARTED = List.of("start old on applied V1__a.sql,");

    @TempDir
    Path home;

    private HttpServer health;

    /** Answers as the health of whichever version serves. */
    @BeforeEach
    void answerForTheApplication() throws IOException {
        health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/", exchange -> {
            exchange.sendResponseHeaders(Files.exists(home.resolve("serving")) ? 200 : 503, -1);
            exchange.close();
        });
        health.start();
        Files.writeString(home.resolve("database"), BEFORE);
    }

    /** Whoever started it, a version can be asked to end. */
    @AfterEach
    void endWhatRuns() throws Exception {
        health.stop(0);
        ProcessHandle running = running();
        if (running != null) {
            running.destroy();
            running.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anUpdateThatGoesWellLeavesTheNewVersionRunning() throws Exception {
        startOld();

        Update update = update("");

        assertThat(update.exitCode()).as(update.output()).isZero();
        assertThat(update.output())
                .containsSubsequence(
                        "1. Checking",
                        "2. Stopping",
                        "3. Taking",
                        "4. Migrating",
                        "   Applied V2__b.sql",
                        "   Applied V3__c.sql",
                        "5. Starting",
                        "6. Waiting",
                        "runs.");
        assertThat(calls())
                .containsExactly(
                        "start old on applied V1__a.sql,",
                        "new validate backup.mode=",
                        "new status --json backup.mode=",
                        "stop old",
                        "new backup backup.mode=",
                        "new migrate --json backup.mode=off",
                        "start new on applied V1__a.sql,applied V2__b.sql,applied V3__c.sql,");
        assertThat(serving()).isEqualTo("new");
    }

    @Test
    void problemsThatTheNewVersionSeesLeaveTheOldOneAlone() throws Exception {
        startOld();
        ProcessHandle old = running();

        Update update = update("validate");

        assertThat(update.exitCode()).as(update.output()).isEqualTo(1);
        assertThat(update.output()).contains("It still runs; nothing was touched.");
        assertThat(calls()).containsExactly(STARTED.get(0), "new validate backup.mode=");
        assertThat(running()).isEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "no-dump"})
    void withoutABackupNothingMigratesAndTheOldVersionServesAgain(String failure) throws Exception {
        startOld();

        Update update = update(failure);

        assertBack(update);
        assertThat(update.output()).contains("The database was not touched.");
        assertThat(calls()).noneMatch(call -> call.contains("migrate") || call.contains("restore"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-script", "unreachable"})
    void aMigrationThatHasChangedNothingLeavesTheDatabaseAlone(String failure) throws Exception {
        startOld();

        Update update = update(failure);

        assertThat(update.exitCode()).as(update.output()).isEqualTo(1);
        assertThat(update.output()).contains("The database is as it was before: it is left alone.");
        if (failure.equals("first-script")) {
            assertThat(update.output())
                    .contains("It failed:\n\n    \"x\" \\ y\n")
                    .contains("the server rolled V2__b.sql back.\n");
        }
        assertThat(calls()).noneMatch(call -> call.contains("rollback") || call.contains("restore"));
        assertThat(serving()).isEqualTo("old");
    }

    @Test
    void whatARunHasAppliedBeforeItFailedIsRolledBack() throws Exception {
        startOld();

        Update update = update("second-script");

        assertThat(update.exitCode()).as(update.output()).isEqualTo(1);
        assertThat(calls())
                .contains("new rollback --run last --yes backup.mode=off")
                .noneMatch(call -> call.contains("restore"))
                .last()
                .isEqualTo("start old on applied V1__a.sql,failed V3__c.sql,");
        assertThat(serving()).isEqualTo("old");
    }

    @Test
    void halfAScriptIsTakenBackFromTheBackupForNoRollbackScriptUndoesIt() throws Exception {
        startOld();

        Update update = update("half-a-script");

        assertBack(update);
        assertThat(calls())
                .anyMatch(call -> call.matches("new restore .*/shop-before-2-20261121-120000.dump --yes .*"))
                .noneMatch(call -> call.contains("rollback"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "health"})
    void aNewVersionThatDoesNotServeIsStoppedAndItsMigrationsAreRolledBack(String failure) throws Exception {
        startOld();

        Update update = update(failure);

        assertBack(update);
        assertThat(update.output())
                .contains(failure.equals("start") ? "has ended; its output says why" : "does not take traffic after 2");
        assertThat(calls())
                .contains("new rollback --run last --yes backup.mode=off")
                .noneMatch(call -> call.contains("restore"));
        if (failure.equals("health")) {
            assertThat(calls()).containsSubsequence("stop new", "new rollback --run last --yes backup.mode=off");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "rollback-in-part"})
    void aRollbackThatDoesNotLeadBackIsFollowedByARestore(String failure) throws Exception {
        startOld();

        Update update = update("start " + failure);

        assertBack(update);
        assertThat(update.output()).contains("The rollback did not lead to where the database was.");
        assertThat(calls()).anyMatch(call -> call.startsWith("new restore "));
    }

    @Test
    void withoutAWayBackNeitherVersionIsStartedAndTheBackupIsNamed() throws Exception {
        startOld();

        Update update = update("start rollback restore");

        assertThat(update.exitCode()).as(update.output()).isEqualTo(3);
        assertThat(update.output())
                .contains("NEITHER VERSION RUNS AS IT SHOULD")
                .containsPattern("was not started. The backup: .*/shop-before-2-20261121-120000.dump");
        assertThat(calls()).filteredOn(call -> call.startsWith("start old")).hasSize(1);
        assertThat(running()).isNull();
    }

    @Test
    void whoStopsTheScriptGetsTheOldVersionBack() throws Exception {
        startOld();
        Process script = script("health", "300");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(script.isAlive()).isTrue();
            return Files.exists(home.resolve("output")) && output().contains("6. Waiting");
        });
        script.destroy();

        assertBack(new Update(script.waitFor(), output()));
    }

    @Test
    void aVersionThatTheScriptHasNotStartedIsNotTakenForStopped() throws Exception {
        Files.writeString(home.resolve("serving"), "another's");

        Update update = update("");

        assertThat(update.exitCode()).as(update.output()).isEqualTo(2);
        assertThat(update.output()).contains("is not old.jar as it was started by this script. Stop it first.");
        assertThat(home.resolve("calls")).doesNotExist();
    }

    @Test
    void wrongOptionsDoNothing() throws Exception {
        assertThat(run(List.of("--old", "old.jar")))
                .isEqualTo(new Update(2, usage("--new is missing: the version that is to run.")));
        assertThat(run(List.of("--frob", "x"))).isEqualTo(new Update(2, usage("There is no option --frob.")));
        assertThat(run(List.of("--old"))).isEqualTo(new Update(2, usage("--old needs a value.")));
        assertThat(run(List.of("--old", "a", "--new", "b", "--limit", "5m")))
                .isEqualTo(new Update(2, usage("--limit is a number of seconds, not 5m.")));
    }

    private static String usage(String reason) {
        return "Usage: update.sh --old VERSION --new VERSION [--home DIR] [--health URL] [--limit SECONDS] [--with FILE]\n"
                + reason + "\n";
    }

    private void assertBack(Update update) throws IOException {
        assertThat(update.exitCode()).as(update.output()).isEqualTo(1);
        assertThat(update.output()).contains("old.jar runs, with the database as it was.");
        assertThat(home.resolve("database")).hasContent(BEFORE);
        assertThat(calls()).last().isEqualTo(STARTED.get(0));
        assertThat(serving()).isEqualTo("old");
    }

    /** As an earlier update has left it. */
    private void startOld() throws Exception {
        Process old = process("", List.of(standIn().toString(), "-jar", "old.jar"), "old-output")
                .start();
        Files.writeString(home.resolve("bookshop.pid"), old.pid() + "\n");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(old.isAlive()).isTrue();
                    return Files.exists(home.resolve("serving"));
                });
    }

    private Update update(String fails) throws Exception {
        Process script = script(fails, "2");
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Update(script.exitValue(), output());
    }

    private Process script(String fails, String limit) throws Exception {
        return process(
                        fails,
                        command(List.of(
                                "--old",
                                "old.jar",
                                "--new",
                                "new.jar",
                                "--home",
                                home.toString(),
                                "--limit",
                                limit,
                                "--health",
                                "http://localhost:" + health.getAddress().getPort() + "/")),
                        "output")
                .start();
    }

    private Update run(List<String> options) throws Exception {
        Process script = process("", command(options), "output").start();
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Update(script.exitValue(), output());
    }

    private static List<String> command(List<String> options) {
        List<String> command =
                new ArrayList<>(List.of(DeployFolder.find().file("update.sh").toString()));
        command.addAll(options);
        return command;
    }

    private ProcessBuilder process(String fails, List<String> command, String output) throws URISyntaxException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(output).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MIGRATOR_"));
        builder.environment().put("JAVA", standIn().toString());
        builder.environment().put("STAND_IN", home.toString());
        builder.environment().put("FAILS", fails);
        return builder;
    }

    private static Path standIn() throws URISyntaxException {
        Path program = Path.of(Objects.requireNonNull(UpdateScriptTest.class.getResource("/deploy/java"))
                .toURI());
        // the build copies it without its right to be run
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private String output() throws IOException {
        return Files.readString(home.resolve("output"));
    }

    private String serving() throws IOException {
        return Files.readString(home.resolve("serving")).strip();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(home.resolve("calls"));
    }

    /** The version that the script has started last and that still runs, or null. */
    private @Nullable ProcessHandle running() throws IOException {
        Path pid = home.resolve("bookshop.pid");
        if (!Files.exists(pid)) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains("-jar"))
                .orElse(null);
    }

    /** How the script ended, and what it printed. */
    private record Update(int exitCode, String output) {}
}
