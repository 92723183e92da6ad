package dev.dynamirror.benchmarks.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that answers as DynamoDB does, after a fixed time and not one after the other, and stores nothing.
 *
 * <p>It has one thread and does as little as possible: it is there so that clients are measured, and not a database. It
 * takes BatchWriteItem, PutItem, UpdateItem, DeleteItem and DescribeTable of a single table, looks at no signature, and
 * counts what it takes.
 */
public final class StubServer implements AutoCloseable {

    /** The path of the counts: requests, puts, deletes and bytes. */
    static final String COUNTS_PATH = "/counts";

    /** The path, with nanoseconds behind it, by which the delay is set. */
    static final String DELAY_PATH = "/delay/";

    private static final Occurrences PUTS = new Occurrences("\"PutRequest\"");
    private static final Occurrences DELETES = new Occurrences("\"DeleteRequest\"");
    private static final Occurrences CAPACITY = new Occurrences("\"ReturnConsumedCapacity\":\"TOTAL\"");
    private static final int CAPACITY_BYTES = 100;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel plain;
    private final @Nullable ServerSocketChannel secure;
    private final @Nullable SSLContext tls;
    private final Answers answers;
    private final Queue<Delayed> delayed = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "stub");

    private StubCounts counts = new StubCounts(0, 0, 0, 0);
    private long delay;

    /** An answer that is to be sent later. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Delayed(long due, StubConnection connection, byte[] answer) {}

    private StubServer(StubTable table, @Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        this.answers = new Answers(table.name(), table.keyName(), table.keyType());
        this.plain = listen();
        this.secure = tls == null ? null : listen();
    }

    /**
     * Starts a server that answers at once.
     *
     * @param table its only table
     * @param tls for a second port that speaks TLS, or null
     */
    public static StubServer start(StubTable table, @Nullable SSLContext tls) throws IOException {
        StubServer server = new StubServer(table, tls);
        server.thread.setDaemon(true);
        server.thread.start();
        return server;
    }

    /** Where it answers without TLS. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port(plain));
    }

    /** Where it answers with TLS; null if it doesn't. */
    public @Nullable URI secureEndpoint() {
        return secure == null ? null : URI.create("https://localhost:" + port(secure));
    }

    @Override
    public void close() throws IOException {
        selector.close();
        plain.close();
        if (secure != null) {
            secure.close();
        }
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        return channel;
    }

    private static int port(ServerSocketChannel channel) {
        return channel.socket().getLocalPort();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        serve(key);
                    }
                }
                selector.selectedKeys().clear();
                sendWhatIsDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() throws IOException {
        Delayed first = delayed.peek();
        if (first == null) {
            selector.select();
            return;
        }
        long left = first.due - System.nanoTime();
        if (left <= 0) {
            selector.selectNow();
        } else {
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
            return;
        }
        StubConnection connection = (StubConnection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                connection.read((request, bytes) -> take(connection, request, bytes));
            }
        } catch (IOException | UncheckedIOException e) {
            // The client has gone.
            key.channel().close();
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new StubConnection(key, ByteStream.of(channel, server.equals(secure) ? tls : null)));
    }

    private void take(StubConnection connection, HttpRequest request, byte[] bytes) {
        byte[] answer = answer(request, bytes);
        if (delay > 0 && !request.operation().isEmpty()) {
            delayed.add(new Delayed(System.nanoTime() + delay, connection, answer));
            return;
        }
        send(connection, answer);
    }

    private void sendWhatIsDue() {
        long now = System.nanoTime();
        Delayed next = delayed.peek();
        while (next != null && next.due - now <= 0) {
            delayed.remove();
            send(next.connection, next.answer);
            next = delayed.peek();
        }
    }

    private static void send(StubConnection connection, byte[] answer) {
        try {
            connection.answer(answer);
        } catch (IOException e) {
            // The client has gone, which reading will find.
        }
    }

    private byte[] answer(HttpRequest request, byte[] bytes) {
        return switch (request.operation()) {
            case "BatchWriteItem" -> {
                int puts = PUTS.count(bytes, request.bodyStart(), request.end());
                int deletes = DELETES.count(bytes, request.bodyStart(), request.end());
                yield written(request, bytes, puts, deletes);
            }
            case "PutItem", "UpdateItem" -> written(request, bytes, 1, 0);
            case "DeleteItem" -> written(request, bytes, 0, 1);
            case "DescribeTable" -> answers.description();
            default -> control(request);
        };
    }

    private byte[] written(HttpRequest request, byte[] bytes, int puts, int deletes) {
        counts = new StubCounts(
                counts.requests() + 1,
                counts.puts() + puts,
                counts.deletes() + deletes,
                counts.bytes() + request.end() - request.bodyStart());
        boolean batch = request.operation().equals("BatchWriteItem");
        return answers.written(batch, asksForCapacity(request, bytes) ? puts + deletes : 0);
    }

    /** Whether the first or the last member of the request asks what it costs. */
    private static boolean asksForCapacity(HttpRequest request, byte[] bytes) {
        int from = request.bodyStart();
        int to = request.end();
        return CAPACITY.count(bytes, Math.max(from, to - CAPACITY_BYTES), to) > 0
                || CAPACITY.count(bytes, from, Math.min(to, from + CAPACITY_BYTES)) > 0;
    }

    private byte[] control(HttpRequest request) {
        if (request.path().startsWith(DELAY_PATH)) {
            delay = Long.parseLong(request.path().substring(DELAY_PATH.length()));
            return Answers.answer("");
        }
        if (request.path().equals(COUNTS_PATH)) {
            return Answers.answer(
                    counts.requests() + " " + counts.puts() + " " + counts.deletes() + " " + counts.bytes());
        }
        byte[] problem = ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#UnknownOperationException\",\"message\":"
                        + "\"the stub knows no " + request.operation() + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + problem.length + "\r\n\r\n";
        return (head + new String(problem, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }
}
