package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Reads requests from HTTP, and answers them as the faults of the moment allow. */
final class Server implements AutoCloseable {

    static {
        // Else a reply waits 40 ms for the acknowledgement of its head. Read when a JVM's first HTTP server starts.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int LARGEST_REQUEST = 16 << 20;

    private final Operations operations;
    private final Weather weather;
    private final Credentials credentials;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicLong itemWrites = new AtomicLong();
    private final AtomicLong otherRequests = new AtomicLong();
    private final Queue<Request> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger timed = new AtomicInteger();
    private final InetSocketAddress address;
    private HttpServer http;
    private boolean refusing;

    Server(Operations operations, Weather weather, Credentials credentials) {
        this.operations = operations;
        this.weather = weather;
        this.credentials = credentials;
        http = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = http.getAddress();
    }

    private HttpServer listen(InetSocketAddress where) {
        try {
            HttpServer server = HttpServer.create(where, 0);
            server.setExecutor(threads);
            server.createContext("/", this::handle);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    synchronized void refuseConnections(boolean refuse) {
        if (refuse && !refusing) {
            http.stop(0);
        } else if (!refuse && refusing) {
            http = listen(address);
        }
        refusing = refuse;
    }

    @Override
    public synchronized void close() {
        http.stop(0);
        timer.shutdownNow();
        threads.shutdownNow();
    }

    int applyLate() {
        int applied = 0;
        for (Request request = late.poll(); request != null; request = late.poll()) {
            applyUnseen(request);
            applied++;
        }
        return applied;
    }

    int heldBack() {
        return late.size() + timed.get();
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((operation, count) -> all.put(operation, count.sum()));
        return all;
    }

    void clearCounts() {
        counts.clear();
        itemWrites.set(0);
        otherRequests.set(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                respond(exchange, 200, Json.write(credentials.json()), false);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target == null ? "" : target.substring(target.indexOf('.') + 1);
            counts.computeIfAbsent(operation, name -> new LongAdder()).increment();
            if (!weather.awaitMotion()) {
                return;
            }
            long number = (Request.isItemWrite(operation) ? itemWrites : otherRequests).getAndIncrement();
            try {
                credentials.check(exchange.getRequestHeaders().getFirst("Authorization"));
                if (body.length > LARGEST_REQUEST) {
                    throw Refusal.invalid("The request has " + body.length + " bytes, and may have 16 MB at most");
                }
                Request request = new Request(number, operation, Json.read(body));
                meet(exchange, request, weather.of(request));
            } catch (Refusal e) {
                respond(exchange, e.status(), Json.write(e.body()), false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers a request that a fault befalls; a connection is closed by leaving without an answer. */
    private void meet(HttpExchange exchange, Request request, Fault fault) throws IOException, InterruptedException {
        if (fault instanceof Fault.None) {
            answer(exchange, operations.perform(request));
        } else if (fault instanceof Fault.Unprocessed unprocessed) {
            answer(exchange, operations.perform(request, unprocessed.share()));
        } else if (fault instanceof Fault.Failure failure) {
            if (failure.applied()) {
                operations.perform(request);
            }
            throw Refusal.of(failure);
        } else if (fault instanceof Fault.Delay delay) {
            ObjectNode reply = operations.perform(request);
            Thread.sleep(random(delay));
            answer(exchange, reply);
        } else if (fault instanceof Fault.HalfReply) {
            respond(exchange, 200, Json.write(operations.perform(request)), true);
        } else if (fault instanceof Fault.Late heldBack) {
            holdBack(request, heldBack);
        } else if (fault instanceof Fault.Closed closed && closed.applied()) {
            applyUnseen(request);
        }
    }

    private static long random(Fault.Delay delay) {
        return ThreadLocalRandom.current()
                .nextLong(delay.shortest().toMillis(), delay.longest().toMillis() + 1);
    }

    private void holdBack(Request request, Fault.Late heldBack) {
        Duration after = heldBack.after();
        if (after == null) {
            late.add(request);
            return;
        }
        timed.incrementAndGet();
        Future<?> unused = timer.schedule(
                () -> {
                    applyUnseen(request);
                    timed.decrementAndGet();
                },
                after.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Applies a request whose reply nobody reads. */
    private void applyUnseen(Request request) {
        try {
            operations.perform(request);
        } catch (Refusal e) {
            // Nobody is told.
        }
    }

    private static void answer(HttpExchange exchange, ObjectNode reply) throws IOException {
        respond(exchange, 200, Json.write(reply), false);
    }

    private static void respond(HttpExchange exchange, int status, byte[] body, boolean half) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.getResponseHeaders().add("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
    }
}
