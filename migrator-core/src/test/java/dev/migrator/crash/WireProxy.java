package dev.migrator.crash;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a PostgreSQL server, counts the messages of the protocol ("Message Formats" in PostgreSQL's
 * manual) on the first connection, which is the migrating one, and cuts it at a chosen one. It knows no TLS: the client's URL
 * needs {@code sslmode=disable&gssEncMode=disable}.
 */
final class WireProxy implements Closeable {

    /** Execute, Query, CopyDone: with each of them, the server has something more to do. */
    private static final String WORK = "EQc";

    /** CommandComplete, ErrorResponse: with each of them, the client knows something more. */
    private static final String ANSWERS = "CE";

    /** Sync, Query: behind each of them, the client waits for the answers. */
    private static final String ENDS_OF_TRIPS = "SQ";

    private final ServerSocket entrance;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger trips = new AtomicInteger();
    private int lastSent = Integer.MAX_VALUE;
    private int firstLost = Integer.MAX_VALUE;
    private boolean refusing;
    private int lines;
    private Runnable atCut = () -> {};
    private volatile boolean cut;
    private volatile boolean swallowing;

    WireProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy-entrance", this::accept);
    }

    /** The server gets this many pieces of work, and then hears no more; the client hears nothing of the last one. */
    WireProxy cuttingBehindWork(int count) {
        lastSent = count;
        return this;
    }

    /** The client gets one answer less than this, and then hears no more: the server has done what it does not know of. */
    WireProxy cuttingBeforeAnswer(int count) {
        firstLost = count;
        return this;
    }

    /** Who comes after the cut does not get through either. */
    WireProxy refusingAfterwards() {
        refusing = true;
        return this;
    }

    /** What happens at the cut, before the line is closed. */
    WireProxy atCut(Runnable action) {
        atCut = action;
        return this;
    }

    /** From now on everything is lost on the way, and nobody is told. */
    void swallowEverything() {
        swallowing = true;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** A URL through this proxy. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?sslmode=disable&gssEncMode=disable";
    }

    boolean hasCut() {
        return cut;
    }

    int sent() {
        return sent.get();
    }

    /** How often the client has waited for answers. */
    int roundTrips() {
        return trips.get();
    }

    int answered() {
        return answered.get();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                if (cut && refusing) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        Line line = new Line(client, server, lines++ == 0);
        start("proxy-to-server", line::toServer);
        start("proxy-to-client", line::toClient);
    }

    @Override
    public void close() {
        closeQuietly(entrance);
        closeLines();
    }

    /** Lets both sides know that the other has gone; who comes now gets through again. */
    void closeLines() {
        swallowing = false;
        sockets.forEach(WireProxy::closeQuietly);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed then
        }
    }

    /** One client and its session. */
    private final class Line {

        private final Socket client;
        private final Socket server;
        private final boolean first;
        private volatile boolean dead;

        Line(Socket client, Socket server, boolean first) {
            this.first = first;
            this.client = client;
            this.server = server;
        }

        void toServer() {
            try {
                DataInputStream in = input(client);
                DataOutputStream out = output(server);
                forwardStartup(in, out);
                while (!dead) {
                    Message message = Message.read(in);
                    if (first && message.isOneOf(ENDS_OF_TRIPS)) {
                        trips.incrementAndGet();
                    }
                    boolean last = first && message.isOneOf(WORK) && sent.incrementAndGet() == lastSent;
                    if (!dead && !swallowing) {
                        message.write(out, last || in.available() == 0);
                    }
                    if (last) {
                        cut();
                    }
                }
            } catch (IOException e) {
                // one of them has closed
            }
            hangUp();
        }

        /** The first message of a connection has no type. */
        private void forwardStartup(DataInputStream in, DataOutputStream out) throws IOException {
            int length = in.readInt();
            byte[] body = in.readNBytes(length - Integer.BYTES);
            out.writeInt(length);
            out.write(body);
            out.flush();
        }

        void toClient() {
            try {
                DataInputStream in = input(server);
                DataOutputStream out = output(client);
                while (true) {
                    Message message = Message.read(in);
                    if (first && message.isOneOf(ANSWERS) && answered.incrementAndGet() == firstLost) {
                        out.flush();
                        cut();
                    }
                    // what comes after the cut is read and lost: an unread rest would reset the line before the server
                    // has read its own
                    if (!dead && !swallowing) {
                        message.write(out, in.available() == 0);
                    }
                }
            } catch (IOException e) {
                if (!dead) {
                    closeQuietly(client);
                }
            }
            closeQuietly(server);
        }

        private void cut() {
            dead = true;
            cut = true;
            atCut.run();
            hangUp();
            closeQuietly(client);
        }

        /** The server reads to the end what it has been sent. */
        private void hangUp() {
            try {
                server.shutdownOutput();
            } catch (IOException e) {
                // it is closed already
            }
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    private static DataOutputStream output(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /** A message: its type, its length, which counts itself, and its body. */
    private record Message(byte type, byte[] body) {

        static Message read(DataInputStream in) throws IOException {
            byte type = in.readByte();
            int length = in.readInt();
            return new Message(type, in.readNBytes(length - Integer.BYTES));
        }

        boolean isOneOf(String types) {
            return types.indexOf(type) >= 0;
        }

        void write(DataOutputStream out, boolean flush) throws IOException {
            out.writeByte(type);
            out.writeInt(body.length + Integer.BYTES);
            out.write(body);
            if (flush) {
                out.flush();
            }
        }
    }
}
