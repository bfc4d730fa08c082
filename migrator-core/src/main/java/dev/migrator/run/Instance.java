package dev.migrator.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names this process in the history: host, process id, application. */
final class Instance {

    private Instance() {}

    static String describe(String application) {
        String name = host() + ", pid " + ProcessHandle.current().pid();
        return application.isEmpty() ? name : name + ", " + application;
    }

    /** Containers say their name in HOSTNAME; a look-up can take seconds where the name service is slow. */
    static String host() {
        String host = System.getenv("HOSTNAME");
        if (host != null && !host.isBlank()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
