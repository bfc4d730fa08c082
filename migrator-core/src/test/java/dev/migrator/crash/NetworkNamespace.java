package dev.migrator.crash;

import dev.migrator.testing.Program;
import dev.migrator.testing.Requirement;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own for a process, with one cable to this machine. Names and addresses are made of this JVM's process id, so
 * that test runs on one machine do not cut each other's network.
 */
final class NetworkNamespace implements AutoCloseable {

    private static final String PREFIX = "migrator-";

    private final long pid;
    private final String name;
    private final String here;
    private final String there;

    private NetworkNamespace(long pid) {
        this.pid = pid;
        this.name = PREFIX + pid;
        // an interface's name has 15 characters at most
        this.here = "mig" + pid + "-here";
        this.there = "mig" + pid + "-end";
    }

    /** Makes it; skips the test where that is not allowed. */
    static NetworkNamespace create() {
        String needed = "no network namespace can be made here, which needs root and Debian's package iproute2";
        Requirement.that("root".equals(System.getProperty("user.name")), needed);
        Requirement.that(tried("ip", "netns", "list"), needed);
        removeOrphans();
        NetworkNamespace namespace =
                new NetworkNamespace(ProcessHandle.current().pid());
        Requirement.that(tried("ip", "netns", "add", namespace.name), needed);
        namespace.connect();
        return namespace;
    }

    private void connect() {
        ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
        ip("addr", "add", host() + "/30", "dev", here);
        ip("link", "set", here, "up");
        ip("-n", name, "addr", "add", address(2) + "/30", "dev", there);
        plug();
    }

    /** Of the two ends of the cable. */
    String subnet() {
        return address(0) + "/30";
    }

    /** Where the process finds this machine. */
    String host() {
        return address(1);
    }

    /** In 198.18.0.0/15, which is set aside for tests of networks (RFC 2544), and has room for 2^15 cables. */
    private String address(int end) {
        long number = pid % (1 << 15) * 4 + end;
        return "198." + (18 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
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
    List<String> launcher() {
        return List.of("ip", "netns", "exec", name);
    }

    void plug() {
        ip("-n", name, "link", "set", there, "up");
    }

    /** From now on packets are lost, and nobody is told. */
    void unplug() {
        ip("-n", name, "link", "set", there, "down");
    }

    @Override
    public void close() {
        tried("ip", "link", "del", here);
        tried("ip", "netns", "del", name);
    }

    /** What test runs that were killed have left. */
    private static void removeOrphans() {
        Program.succeed("ip", "netns", "list")
                .lines()
                .filter(line -> line.matches(PREFIX + "\\d+( .*)?"))
                .map(line -> Long.valueOf(line.replaceFirst(" .*", "").substring(PREFIX.length())))
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .forEach(pid -> new NetworkNamespace(pid).close());
    }
}
