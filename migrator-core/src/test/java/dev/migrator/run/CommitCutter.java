package dev.migrator.run;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands between a client and a server, and cuts the line on which the next COMMIT is sent. */
final class CommitCutter implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket entrance;
    private final int serverPort;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final CountDownLatch cut = new CountDownLatch(1);
    private volatile boolean armed;
    private volatile boolean heard;
    private volatile boolean refusing;
    private volatile boolean cutting;
    private volatile Runnable between = () -> {};

    CommitCutter(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** The server gets it, and the client does not hear so. */
    void cutBehindCommit(Runnable whenItIsSent) {
        heard = true;
        between = whenItIsSent;
        armed = true;
    }

    /** The server does not get it. */
    void cutBeforeCommit() {
        armed = true;
    }

    /** Who comes after the cut is not let in. */
    void refuseAfterwards() {
        refusing = true;
    }

    boolean hasCut() {
        return cut.getCount() == 0;
    }

    void awaitCut() throws InterruptedException {
        if (!cut.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("No COMMIT came");
        }
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one side has gone
                    }
                },
                "commit-cutter");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            open.add(client);
            if (refusing && cutting) {
                client.close();
                continue;
            }
            Socket server = new Socket(InetAddress.getByName("127.0.0.1"), serverPort);
            open.add(server);
            begin(() -> toServer(client, server));
            begin(() -> toClient(server, client));
        }
    }

    private void toServer(Socket client, Socket server) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (armed && !cutting && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT\0")) {
                cutting = true;
                // nothing of the answer may come through
                client.shutdownOutput();
                if (heard) {
                    out.write(buffer, 0, n);
                    between.run();
                }
                cut.countDown();
                break;
            }
            out.write(buffer, 0, n);
        }
        server.close();
        client.close();
    }

    private void toClient(Socket server, Socket client) throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
        client.close();
    }

    @Override
    public void close() {
        open.add(entrance);
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
