package dev.migrator.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy on loopback, which makes a server far away: what the server says arrives so much later, which adds that time to each
 * round trip and takes nothing from the throughput. Any tool can be sent through it.
 */
final class FarServer {

    private final String host;
    private final int port;
    private final long delayNanos;

    private FarServer(String host, int port, long delayNanos) {
        this.host = host;
        this.port = port;
        this.delayNanos = delayNanos;
    }

    /** The port to listen at, the server's host and port, and the milliseconds; serves until the process is ended. */
    static void main(List<String> arguments) throws IOException {
        double milliseconds = Double.parseDouble(arguments.get(3));
        FarServer far = new FarServer(arguments.get(1), Integer.parseInt(arguments.get(2)), (long)
                (milliseconds * TimeUnit.MILLISECONDS.toNanos(1)));
        try (ServerSocket listening =
                new ServerSocket(Integer.parseInt(arguments.get(0)), 50, InetAddress.getLoopbackAddress())) {
            System.out.println("listening at " + listening.getLocalPort());
            while (true) {
                far.connect(listening.accept());
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        BlockingQueue<Packet> underWay = new LinkedBlockingQueue<>();
        begin(() -> pass(client, server));
        begin(() -> receive(server, underWay));
        begin(() -> deliver(underWay, client, server));
    }

    private static void begin(Deed deed) {
        Thread thread = new Thread(() -> {
            try {
                deed.run();
            } catch (IOException e) {
                // one of the two has hung up, and the other is told
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void pass(Socket client, Socket server) throws IOException {
        try (client;
                server) {
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private void receive(Socket server, BlockingQueue<Packet> underWay) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = server.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                underWay.add(new Packet(Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
            }
        } finally {
            underWay.add(Packet.END);
        }
    }

    private static void deliver(BlockingQueue<Packet> underWay, Socket client, Socket server)
            throws IOException, InterruptedException {
        try (client;
                server) {
            OutputStream out = client.getOutputStream();
            for (Packet packet = underWay.take(); packet != Packet.END; packet = underWay.take()) {
                for (long left = packet.due() - System.nanoTime(); left > 0; left = packet.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(packet.bytes());
            }
        }
    }

    private interface Deed {

        void run() throws IOException, InterruptedException;
    }

    /**
     * What the server has said.
     *
     * @param due when it arrives, in {@link System#nanoTime()}
     */
    private record Packet(byte[] bytes, long due) {

        static final Packet END = new Packet(new byte[0], 0);
    }
}
