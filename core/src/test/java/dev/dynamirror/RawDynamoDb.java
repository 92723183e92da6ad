package dev.dynamirror;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on loopback whose replies a test writes byte by byte, with headers that the JDK's own server would set. */
public final class RawDynamoDb implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Function<Map<String, String>, String> replies;

    /**
     * Starts a server.
     *
     * @param replies gives the reply, from its first line on, to a request with these headers, their names in lower case
     */
    public RawDynamoDb(Function<Map<String, String>, String> replies) {
        this.replies = replies;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** A reply in DynamoDB's JSON. */
    public static String reply(int status, String body, String... headers) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n" + body;
    }

    /** Where the server listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Map<String, String> headers = head(in); !headers.isEmpty(); headers = head(in)) {
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
                connection.getOutputStream().write(replies.apply(headers).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** The headers of the next request; empty at the end. */
    private static Map<String, String> head(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts.length < 2 ? "" : parts[1]);
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
