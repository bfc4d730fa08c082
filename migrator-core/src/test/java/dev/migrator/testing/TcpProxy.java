package dev.migrator.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on this machine. It can be there late, and it can become a black hole, as a network
 * does whose packets are dropped: connections stay, and nothing comes through.
 */
public final class TcpProxy implements AutoCloseable {

    private final int target;
    private final int port;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean blackHole;
    private volatile int dropped = -1;
    private volatile @Nullable String last;
    private volatile int admitted = Integer.MAX_VALUE;
    private volatile boolean closed;

    /** Reserves a port at which nobody listens before {@link #listen()}. */
    public TcpProxy(int target) {
        this(target, freePort());
    }

    private TcpProxy(int target, int port) {
        this.target = target;
        this.port = port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Another one at the same port. */
    public TcpProxy again() {
        return new TcpProxy(target, port).listen();
    }

    public TcpProxy listen() {
        try {
            ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
            open.add(server);
            begin(() -> accept(server));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections behind the first ones are taken, and never answered. */
    public void swallowConnectionsBehind(int first) {
        admitted = first;
    }

    /** From now on nothing comes through, in no direction. */
    public void dropPackets() {
        blackHole = true;
    }

    /** The same, from then on when these words, in ASCII and in one packet, have come through. */
    public void dropPacketsBehind(String words) {
        last = words;
    }

    /** The same for one connection only, counted from 0. */
    public void dropPacketsOf(int connection) {
        dropped = connection;
    }

    private boolean drops(int connection) {
        return blackHole || dropped == connection;
    }

    private void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one side has gone
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {

        void run() throws IOException;
    }

    private void accept(ServerSocket server) throws IOException {
        while (!closed) {
            Socket client = kept(server.accept());
            if (!blackHole && connections.get() < admitted) {
                Socket behind = kept(new Socket(InetAddress.getByName("127.0.0.1"), target));
                int number = connections.getAndIncrement();
                begin(() -> forward(client, behind, number));
                begin(() -> forward(behind, client, number));
            }
        }
    }

    /** It ends with the proxy; one that came while the proxy was being closed, at once. */
    private Socket kept(Socket socket) throws IOException {
        open.add(socket);
        if (closed) {
            socket.close();
        }
        return socket;
    }

    private void forward(Socket from, Socket to, int number) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[8192];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            if (drops(number)) {
                return;
            }
            out.write(buffer, 0, length);
            out.flush();
            String words = last;
            if (words != null && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(words)) {
                dropPackets();
            }
        }
        if (!drops(number)) {
            from.close();
            to.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
