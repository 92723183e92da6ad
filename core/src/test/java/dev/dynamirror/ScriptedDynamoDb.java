package dev.dynamirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback that records what it is asked and answers what the test says. */
public final class ScriptedDynamoDb implements AutoCloseable {

    private static final String NOTHING_UNPROCESSED = "{\"UnprocessedItems\":{}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /**
     * A request that came.
     *
     * @param operation the last part of X-Amz-Target
     * @param headers all headers, their names in lower case
     * @param body the body as it came
     */
    public record Request(String operation, Map<String, String> headers, String body) {}

    /** What is answered to one request. */
    @FunctionalInterface
    public interface Reply {
        /** Answers, or closes the connection, or does nothing at all. */
        void to(HttpExchange exchange) throws IOException;
    }

    /** Starts a server that answers that nothing was left unprocessed. */
    public ScriptedDynamoDb() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the server listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers the next request that has no answer yet with this. */
    public ScriptedDynamoDb reply(int status, String body) {
        return reply(exchange -> respond(exchange, status, body));
    }

    /** Answers the next request that has no answer yet so. */
    public ScriptedDynamoDb reply(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** The requests that came, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The operations that were asked for, in order. */
    public List<String> operations() {
        return requests.stream().map(Request::operation).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String target = headers.getOrDefault("x-amz-target", "");
        requests.add(new Request(
                target.substring(target.indexOf('.') + 1), headers, new String(body, StandardCharsets.UTF_8)));
        Reply reply = replies.poll();
        if (reply == null) {
            respond(exchange, 200, NOTHING_UNPROCESSED);
        } else {
            reply.to(exchange);
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
