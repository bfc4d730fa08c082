package dev.migrator.crash;

import dev.migrator.testing.Program;
import dev.migrator.testing.Requirement;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A network of its own for a process, with one cable to this machine. */
final class NetworkNamespace implements AutoCloseable {

    /** Of the two ends of the cable. */
    static final String NETWORK = "10.213.77.0/30";

    /** Where the process finds this machine. */
    static final String HOST = "10.213.77.1";

    private static final String NAME = "migrator-test";
    private static final String HERE = "migrator-host";
    private static final String THERE = "migrator-end";

    private NetworkNamespace() {}

    /** Makes it; skips the test where that is not allowed. */
    static NetworkNamespace create() {
        String needed = "no network namespace can be made here, which needs root and Debian's package iproute2";
        Requirement.that("root".equals(System.getProperty("user.name")), needed);
        remove();
        Requirement.that(tried("ip", "netns", "add", NAME), needed);
        NetworkNamespace namespace = new NetworkNamespace();
        ip("link", "add", HERE, "type", "veth", "peer", "name", THERE, "netns", NAME);
        ip("addr", "add", HOST + "/30", "dev", HERE);
        ip("link", "set", HERE, "up");
        ip("-n", NAME, "addr", "add", "10.213.77.2/30", "dev", THERE);
        namespace.plug();
        return namespace;
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Program.succeed(command);
    }

    private static boolean tried(String... command) {
        try {
            return Program.run(List.of(command)).exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false; // there is no such program
        }
    }

    /** Starts a program in there. */
    static List<String> launcher() {
        return List.of("ip", "netns", "exec", NAME);
    }

    void plug() {
        ip("-n", NAME, "link", "set", THERE, "up");
    }

    /** From now on packets are lost, and nobody is told. */
    void unplug() {
        ip("-n", NAME, "link", "set", THERE, "down");
    }

    @Override
    public void close() {
        remove();
    }

    /** Also what a test run that was killed has left. */
    private static void remove() {
        tried("ip", "link", "del", HERE);
        tried("ip", "netns", "del", NAME);
    }
}
