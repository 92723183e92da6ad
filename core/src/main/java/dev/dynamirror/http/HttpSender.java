package dev.dynamirror.http;

import dev.dynamirror.error.MirrorException;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts requests to one endpoint, over connections that it keeps: those used last are used first. One thread does all of
 * it, and gives the replies.
 *
 * <p>Time is counted in ticks of that thread, at which all connections are looked after: timers for each request would cost
 * more than the requests' bytes.
 */
public final class HttpSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final int TICKS_OF_SHORTEST_TIME = 4;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private static final String CLOSED = "the connections are closed";

    private final HttpSettings settings;
    private final Route route;
    private final byte[] requestStart;
    private final long tickNanos;
    private final NioEventLoopGroup threads;
    private final EventLoop thread;
    private final Future<?> ticks;

    /** One is enough: Java remembers the addresses, so those that ask later are answered at once. */
    private final ExecutorService lookUpThread =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("dynamirror-http-dns", true));

    // All below belongs to the thread.

    /** All connections, and those to be. */
    private final Set<HttpConnection> connections = new HashSet<>();

    /** Exchanges that wait for addresses to be looked up. */
    private final Map<Exchange, CompletableFuture<?>> lookUps = new HashMap<>();

    /** The connections without an exchange; the one used last is the first. */
    private final Deque<HttpConnection> free = new ArrayDeque<>();

    private long now;
    private long lastRetirement = -1;
    private boolean isClosed;

    HttpSender(Route route, HttpSettings settings) {
        this.settings = settings;
        this.route = route;
        this.requestStart = route.requestStart();
        this.tickNanos = Stream.of(
                        settings.longestSilence(),
                        settings.longestRequest(),
                        settings.longestIdle(),
                        settings.longestLife())
                .mapToLong(time -> time.toNanos() / TICKS_OF_SHORTEST_TIME)
                .reduce(LONGEST_TICK.toNanos(), Math::min);
        this.threads = new NioEventLoopGroup(1, new DefaultThreadFactory("dynamirror-http", true));
        this.thread = threads.next();
        this.ticks = thread.scheduleWithFixedDelay(this::tick, tickNanos, tickNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Opens a sender, which connects with nobody yet.
     *
     * @param endpoint an http or https address; only the latter's requests are encrypted
     * @throws MirrorException if requests are to be encrypted, and Java's trust store can't be read
     */
    public static HttpSender open(URI endpoint, HttpSettings settings) {
        return new HttpSender(Route.to(endpoint), settings);
    }

    /**
     * Sends a request.
     *
     * @param headers all but the length of the body
     * @param body the body's pieces, which must not change any more
     * @return the reply, given by the sender's thread, which must not be kept long. Without one it fails with a
     *     {@link NotSentException} if nothing was sent, and with another {@link IOException} if that is not sure
     */
    public CompletableFuture<HttpReply> post(Map<String, String> headers, List<byte[]> body) {
        Exchange exchange = new Exchange(requestStart, headers, body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!isPrintable(header.getValue())) {
                exchange.fail(
                        route, "the header " + header.getKey() + " has characters that HTTP does not allow", null);
                return exchange.reply();
            }
        }
        try {
            thread.execute(() -> begin(exchange));
        } catch (RejectedExecutionException e) {
            exchange.fail(route, CLOSED, e);
        }
        return exchange.reply();
    }

    /** Ends all connections; requests without a reply fail. */
    @Override
    public void close() {
        try {
            thread.execute(this::end);
        } catch (RejectedExecutionException e) {
            return; // it is closed already
        }
        Future<?> ended = threads.shutdownGracefully(0, LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
        if (!thread.inEventLoop()) {
            ended.awaitUninterruptibly(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
            awaitLookUp();
        }
    }

    private void awaitLookUp() {
        try {
            if (!lookUpThread.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the look-up of {} in DNS goes on after the connections were closed", route);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time, in ticks. */
    long now() {
        return now;
    }

    /** Takes back a connection that has nothing to do any more. */
    void keep(HttpConnection connection) {
        if (isOld(connection)) {
            connection.close();
        } else {
            free.addFirst(connection);
        }
    }

    /** Lets go of a connection that has ended. */
    void forget(HttpConnection connection) {
        connections.remove(connection);
        free.remove(connection);
    }

    private void begin(Exchange exchange) {
        exchange.begin(now);
        HttpConnection connection = free.pollFirst();
        if (connection != null) {
            connection.begin(exchange);
        } else if (isClosed) {
            exchange.fail(route, CLOSED, null);
        } else if (connections.size() + lookUps.size() >= settings.connections()) {
            exchange.fail(route, "all " + settings.connections() + " are in use", null);
        } else {
            lookUp(exchange);
        }
    }

    private void lookUp(Exchange exchange) {
        // Not in this thread, nor in one that others wait for: DNS may be slow.
        CompletableFuture<?> found = CompletableFuture.supplyAsync(route::lookUp, lookUpThread)
                .orTimeout(settings.longestConnect().toNanos(), TimeUnit.NANOSECONDS)
                .whenCompleteAsync(
                        (addresses, failure) -> {
                            lookUps.remove(exchange);
                            if (failure == null) {
                                connect(exchange, addresses.iterator());
                            } else {
                                exchange.fail(route, describe(failure), failure);
                            }
                        },
                        thread);
        lookUps.put(exchange, found);
    }

    /** Connects with the first of the addresses that lets us. */
    private void connect(Exchange exchange, Iterator<InetSocketAddress> addresses) {
        if (exchange.reply().isDone()) {
            return; // closed meanwhile, or too late
        }
        HttpConnection connection;
        try {
            connection = new HttpConnection(this, route, exchange);
        } catch (ChannelException e) {
            exchange.fail(route, "no socket: " + e.getMessage(), e); // too many files are open
            return;
        }
        connections.add(connection);
        connection.connect(thread, addresses.next(), settings.longestConnect()).addListener(connected -> {
            // A connection that was ended meanwhile has no exchange any more, which must not begin again.
            if (connected.isSuccess() || connection.exchange() != exchange) {
                return;
            }
            if (addresses.hasNext()) {
                connection.abandon();
                connect(exchange, addresses);
            } else {
                connection.fail(connected.cause());
            }
        });
    }

    private void tick() {
        now++;
        for (HttpConnection connection : List.copyOf(connections)) {
            try {
                check(connection);
            } catch (Throwable e) {
                // Thrown further it would end the ticks, and with them all bounds.
                LOG.error("looking after a connection with {} failed", route, e);
                thread.execute(() -> connection.fail(e));
            }
        }
    }

    private void check(HttpConnection connection) {
        Exchange exchange = connection.exchange();
        if (exchange == null) {
            if (isOver(settings.longestIdle(), connection.aliveAt()) || isOld(connection)) {
                connection.close();
            }
        } else if (isOver(settings.longestRequest(), exchange.begunAt())) {
            connection.fail("it took longer than " + seconds(settings.longestRequest()), null);
        } else if (exchange.isBegun() && isOver(settings.longestSilence(), connection.aliveAt())) {
            connection.fail("nothing came for " + seconds(settings.longestSilence()), null);
        }
    }

    /** Whether a connection is too old to be used again: one in a tick, so that not all are replaced at once. */
    private boolean isOld(HttpConnection connection) {
        if (lastRetirement == now || !isOver(settings.longestLife(), connection.bornAt())) {
            return false;
        }
        lastRetirement = now;
        return true;
    }

    /** Whether a time is over; what was noted as a moment may have been the last of its tick. */
    private boolean isOver(Duration time, long since) {
        return (now - since - 1) * tickNanos >= time.toNanos();
    }

    private void end() {
        isClosed = true;
        ticks.cancel(false);
        lookUpThread.shutdownNow();
        List.copyOf(connections).forEach(connection -> connection.fail(CLOSED, null));
        lookUps.keySet().forEach(exchange -> exchange.fail(route, CLOSED, null));
    }

    private static String describe(Throwable lookup) {
        return lookup instanceof TimeoutException
                ? "its address was not found in time"
                : String.valueOf(lookup.getMessage());
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
