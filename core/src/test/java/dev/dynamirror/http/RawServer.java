package dev.dynamirror.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** A server on a socket that does with each connection what a test says. */
final class RawServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)\r\n");

    private final ServerSocket server;
    private final Script script;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    /** What is done with a connection, which is closed afterwards. */
    interface Script {
        void run(Peer peer) throws IOException;
    }

    /** The other end of a connection. */
    static final class Peer {
        private final int number;
        private final Socket socket;
        private final InputStream in;

        private Peer(int number, Socket socket) throws IOException {
            this.number = number;
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** 1 for the first connection. */
        int number() {
            return number;
        }

        Socket socket() {
            return socket;
        }

        InputStream in() {
            return in;
        }

        /** The first line and the headers of the next request; empty if none comes. */
        String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                if (next == '\n' && head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                    break;
                }
            }
            return head.toString(StandardCharsets.US_ASCII);
        }

        /** The body of the request with a head. */
        byte[] body(String head) throws IOException {
            Matcher length = LENGTH.matcher(head);
            return in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        }

        /** Reads a whole request. */
        String request() throws IOException {
            String head = head();
            return head + new String(body(head), StandardCharsets.UTF_8);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Replies with a body. */
        void reply(String text) throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Length: " + text.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                    + text);
        }
    }

    RawServer(Script script) {
        this(ServerSocketFactory.getDefault(), script);
    }

    RawServer(ServerSocketFactory sockets, Script script) {
        this.script = script;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Answers every request with the number of its connection. */
    static RawServer numbering() {
        return new RawServer(peer -> {
            while (!peer.request().isEmpty()) {
                peer.reply(Integer.toString(peer.number()));
            }
        });
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getLocalPort();
    }

    /** The connections that there were. */
    List<Peer> peers() {
        return peers;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers) {
            peer.socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = new Peer(peers.size() + 1, server.accept());
                peers.add(peer);
                start(() -> serve(peer));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Peer peer) {
        try (peer.socket) {
            script.run(peer);
        } catch (IOException ended) {
            return; // the other side may end it at any time
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
