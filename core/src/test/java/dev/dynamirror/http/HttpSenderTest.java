package dev.dynamirror.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.http.RawServer.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over plain connections, with servers that do all that servers may do to them. */
final class HttpSenderTest {

    private static final Map<String, String> HEADERS = Map.of("host", "h");
    private static final HttpSettings SETTINGS = HttpSettings.of(64);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicReference<HttpSender> opened = new AtomicReference<>();

    @AfterEach
    void close() {
        HttpSender sender = opened.get();
        if (sender != null) {
            sender.close();
        }
    }

    @Test
    void aRequestArrivesAsItIsGivenAndSoDoesTheReply() throws Exception {
        AtomicReference<String> request = new AtomicReference<>();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", "example.com");
        headers.put("x-amz-date", "20261122T200000Z");
        try (RawServer server = new RawServer(peer -> {
            request.set(peer.request());
            peer.write("HTTP/1.1 418 Odd\r\nX-Amz-Crc32: 7\r\nContent-Length: 3\r\n\r\n\u00fc!");
        })) {
            HttpReply reply = open(server.endpoint().resolve("/a%20b/"), SETTINGS)
                    .post(headers, List.of(bytes("one, "), bytes(""), bytes("tw\u00f6")))
                    .get(20, TimeUnit.SECONDS);
            assertThat(request.get())
                    .isEqualTo("POST /a%20b/ HTTP/1.1\r\nhost: example.com\r\nx-amz-date: 20261122T200000Z\r\n"
                            + "content-length: 9\r\n\r\none, tw\u00f6");
            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.header("x-amz-crc32")).isEqualTo("7");
            assertThat(reply.header("date")).isNull();
            assertThat(reply.body()).isEqualTo(bytes("\u00fc!"));
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            for (int i = 0; i < 100; i++) {
                assertThat(post(sender)).isEqualTo("1");
            }
        }
    }

    @Test
    void asManyConnectionsAsRequestsAtOnceAndNoMoreThanAllowed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            while (!peer.request().isEmpty()) {
                Replies.await(release);
                peer.reply(Integer.toString(peer.number()));
            }
        })) {
            HttpSender sender = open(server.endpoint(), HttpSettings.of(3));
            List<CompletableFuture<HttpReply>> replies = Stream.generate(() -> sender.post(HEADERS, List.of()))
                    .limit(3)
                    .toList();
            assertThatThrownBy(() -> post(sender))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with " + server.endpoint() + ": all 3 are in use");
            release.countDown();
            for (CompletableFuture<HttpReply> reply : replies) {
                assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
            String usedLast = post(sender);
            for (int i = 0; i < 10; i++) {
                assertThat(post(sender)).isEqualTo(usedLast);
            }
            assertThat(server.peers()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 100_000, 16_000_000})
    void bodiesOfAnySizeArriveWhole(int size) throws Exception {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i * 31 + (i >> 8));
        }
        AtomicReference<byte[]> arrived = new AtomicReference<>();
        try (RawServer server = new RawServer(peer -> {
            for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                arrived.set(peer.body(head));
                peer.reply("");
            }
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            List<byte[]> pieces =
                    List.of(Arrays.copyOf(body, size / 3), new byte[0], Arrays.copyOfRange(body, size / 3, size));
            for (int i = 0; i < 2; i++) {
                arrived.set(new byte[0]);
                assertThat(sender.post(HEADERS, pieces)
                                .get(20, TimeUnit.SECONDS)
                                .status())
                        .isEqualTo(200);
                assertThat(Arrays.equals(arrived.get(), body)).isTrue();
            }
            assertThat(server.peers()).hasSize(1);
        }
    }

    @Test
    void aReplyBeforeTheEndOfTheRequestIsGivenAndTheConnectionNotUsedAgain() throws Exception {
        CountDownLatch replied = new CountDownLatch(2);
        try (RawServer server = new RawServer(peer -> {
            peer.head();
            peer.write("HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
            Replies.await(replied);
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            byte[] large = new byte[16_000_000];
            for (int i = 0; i < 2; i++) {
                assertThat(sender.post(HEADERS, List.of(large))
                                .get(20, TimeUnit.SECONDS)
                                .status())
                        .isEqualTo(413);
                replied.countDown();
            }
            assertThat(server.peers()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmany\r\n7\r\n chunks\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\nmany chunks",
                "HTTP/1.1 200\r\nconnection: keep-alive\r\ncontent-length: 11\r\n\r\nmany chunks"
            })
    void repliesOfEveryForm(String reply) throws Exception {
        try (RawServer server = new RawServer(peer -> {
            while (!peer.request().isEmpty()) {
                peer.write(reply);
            }
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThat(post(sender)).isEqualTo("many chunks");
            assertThat(post(sender)).isEqualTo("many chunks");
            assertThat(server.peers()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nend",
                "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nend",
                "HTTP/1.1 200 OK\r\n\r\nend"
            })
    void repliesThatEndTheConnection(String reply) throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.write(reply);
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThat(post(sender)).isEqualTo("end");
            assertThat(post(sender)).isEqualTo("end");
            assertThat(server.peers()).hasSize(2);
        }
    }

    @Test
    void whatComesInPiecesIsOneReply() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            while (!peer.request().isEmpty()) {
                for (char letter : "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nslow!".toCharArray()) {
                    peer.write(String.valueOf(letter));
                }
            }
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThat(post(sender)).isEqualTo("slow!");
            assertThat(post(sender)).isEqualTo("slow!");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nma",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
            })
    void whatIsNoWholeReplyLeavesTheOutcomeUnknown(String reply) throws Exception {
        AtomicInteger served = new AtomicInteger();
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            if (served.getAndIncrement() == 0) {
                peer.write(reply);
            } else {
                peer.reply("better");
            }
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThatThrownBy(() -> post(sender))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NotSentException.class)
                    .hasMessageStartingWith("no reply from " + server.endpoint() + ": ");
            assertThat(post(sender)).isEqualTo("better");
        }
    }

    @Test
    void aConnectionThatIsResetLeavesTheOutcomeUnknown() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.socket().setSoLinger(true, 0);
        })) {
            assertThatThrownBy(() -> post(open(server.endpoint(), SETTINGS)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageStartingWith("no reply from " + server.endpoint() + ": ");
        }
    }

    @Test
    void aReplyThatIsTooLargeIsNotTaken() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                peer.socket().getOutputStream().write(megabyte);
            }
        })) {
            assertThatThrownBy(() -> post(open(server.endpoint(), SETTINGS)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no reply from " + server.endpoint() + ": it is larger than 33554432 bytes");
        }
    }

    @Test
    void nobodyThereIsSurelyNotSent() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> post(open(URI.create("http://127.0.0.1:" + port), SETTINGS)))
                .isExactlyInstanceOf(NotSentException.class)
                .hasMessage("no connection with http://127.0.0.1:" + port + ": Connection refused: /127.0.0.1:" + port);
    }

    @Test
    void aHostThatNobodyKnowsIsSurelyNotSent() {
        assertThatThrownBy(() -> post(open(URI.create("http://nowhere.invalid"), SETTINGS)))
                .isExactlyInstanceOf(NotSentException.class)
                .hasMessage("no connection with http://nowhere.invalid: the host nowhere.invalid is not known");
    }

    @Test
    void whatWasGivenUpWhileConnectingGoesToNoOtherAddress() throws Exception {
        InetAddress first = InetAddress.getByName("127.0.0.2");
        try (RawServer second = RawServer.numbering();
                ServerSocket full = new ServerSocket(second.port(), 1, first)) {
            List<SocketChannel> waiting = fill(full);
            Route route =
                    Route.to(second.endpoint(), host -> new InetAddress[] {first, InetAddress.getLoopbackAddress()});
            HttpSender sender = open(route, new HttpSettings(1, LONG, LONG, SHORT, LONG, LONG));
            assertThatThrownBy(() -> post(sender))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with " + second.endpoint() + ": it took longer than 0.2 s");
            // The sender's connection would be accepted before this one.
            try (Socket next = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
                await().until(() -> !second.peers().isEmpty());
                assertThat(second.peers().get(0).socket().getPort()).isEqualTo(next.getLocalPort());
            }
            for (SocketChannel each : waiting) {
                each.close();
            }
        }
    }

    /** Connects as often as it takes for a server that accepts nobody to let connections wait. */
    private static List<SocketChannel> fill(ServerSocket server) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(server.getLocalSocketAddress());
            waiting.add(channel);
        }
        return waiting;
    }

    /** As when there is no memory for it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatCantBeWrittenFailsAtOnce(boolean isFirst) throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            if (!isFirst) {
                assertThat(post(sender)).isEqualTo("1");
            }
            AtomicInteger reads = new AtomicInteger();
            List<byte[]> body = new AbstractList<>() {
                @Override
                public byte[] get(int index) {
                    if (reads.incrementAndGet() > 1) { // the first time for its length
                        throw new OutOfMemoryError("none left");
                    }
                    return new byte[10];
                }

                @Override
                public int size() {
                    return 1;
                }
            };
            assertThatThrownBy(() -> Replies.body(sender.post(HEADERS, body)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no reply from " + server.endpoint() + ": none left");
            assertThat(post(sender)).isEqualTo("2");
        }
    }

    @Test
    void addressesAreLookedUpInAThreadThatNobodyElseWaitsFor() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(
                    Route.to(server.endpoint(), host -> {
                        thread.set(Thread.currentThread().getName());
                        return new InetAddress[] {InetAddress.getLoopbackAddress()};
                    }),
                    SETTINGS);
            assertThat(post(sender)).isEqualTo("1");
            assertThat(thread.get()).startsWith("dynamirror-http-dns");
        }
    }

    @Test
    void aHeaderThatWouldBeTwoIsSurelyNotSent() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThatThrownBy(() -> Replies.body(sender.post(Map.of("x-token", "secret\r\nx-other: 1"), List.of())))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with " + server.endpoint()
                            + ": the header x-token has characters that HTTP does not allow");
            assertThat(server.peers()).isEmpty();
        }
    }

    @Test
    void silenceIsEndedOnBothSides() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{");
            assertThat(peer.in().read()).isEqualTo(-1);
            ended.countDown();
        })) {
            assertThatThrownBy(() -> post(open(server.endpoint(), new HttpSettings(1, LONG, SHORT, LONG, LONG, LONG))))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no reply from " + server.endpoint() + ": nothing came for 0.2 s");
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReplyThatTricklesForEverIsEndedOnBothSides() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            try {
                while (true) {
                    peer.write(".");
                }
            } catch (IOException closed) {
                ended.countDown();
            }
        })) {
            assertThatThrownBy(() -> post(open(server.endpoint(), new HttpSettings(1, LONG, LONG, SHORT, LONG, LONG))))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no reply from " + server.endpoint() + ": it took longer than 0.2 s");
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aConnectionThatTheServerEndedIsNotUsedAgain() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThat(post(sender)).isEqualTo("1");
            Peer first = server.peers().get(0);
            first.socket().shutdownOutput();
            await().until(() -> first.socket().isClosed());
            assertThat(post(sender)).isEqualTo("2");
        }
    }

    @Test
    void whatNobodyAskedForEndsTheConnection() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            assertThat(post(sender)).isEqualTo("1");
            Peer first = server.peers().get(0);
            first.write("HTTP/1.1 408 Too slow\r\nContent-Length: 0\r\n\r\n");
            await().until(() -> first.socket().isClosed());
            assertThat(post(sender)).isEqualTo("2");
        }
    }

    @Test
    void idleConnectionsAreEnded() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), new HttpSettings(8, LONG, LONG, LONG, SHORT, LONG));
            assertThat(post(sender)).isEqualTo("1");
            await().until(() -> server.peers().get(0).socket().isClosed());
            assertThat(post(sender)).isEqualTo("2");
        }
    }

    @Test
    void connectionsAreNotUsedForEver() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), new HttpSettings(8, LONG, LONG, LONG, LONG, SHORT));
            await().until(() -> post(sender).equals("3"));
        }
    }

    @Test
    void closingEndsRequestsConnectionsAndThreads() throws Exception {
        CountDownLatch arrived = new CountDownLatch(3);
        CountDownLatch ended = new CountDownLatch(3);
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            arrived.countDown();
            assertThat(peer.in().read()).isEqualTo(-1);
            ended.countDown();
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            List<CompletableFuture<HttpReply>> replies = Stream.generate(() -> sender.post(HEADERS, List.of()))
                    .limit(3)
                    .toList();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            sender.close();
            assertThat(replies)
                    .allSatisfy(reply -> assertThatThrownBy(() -> Replies.body(reply))
                            .isExactlyInstanceOf(IOException.class)
                            .hasMessage("no reply from " + server.endpoint() + ": the connections are closed"));
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> post(sender))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with " + server.endpoint() + ": the connections are closed");
            sender.close();
            // Netty's own thread for last things stays for a second.
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(name -> name.startsWith("dynamirror-http") || name.startsWith("globalEventExecutor")));
        }
    }

    @Test
    void itMayBeClosedWhereRepliesAreGiven() throws Exception {
        try (RawServer server = RawServer.numbering()) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            sender.post(HEADERS, List.of()).thenRun(sender::close).get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> post(sender)).isExactlyInstanceOf(NotSentException.class);
        }
    }

    @Test
    void manyThreadsPost() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                peer.reply(new String(peer.body(head), StandardCharsets.UTF_8));
            }
        })) {
            HttpSender sender = open(server.endpoint(), SETTINGS);
            IntStream.range(0, 2000)
                    .parallel()
                    .forEach(i -> assertThat(sender.post(HEADERS, List.of(bytes("request " + i)))
                                    .join()
                                    .body())
                            .isEqualTo(bytes("request " + i)));
        }
    }

    private HttpSender open(URI endpoint, HttpSettings settings) {
        return open(Route.to(endpoint), settings);
    }

    private HttpSender open(Route route, HttpSettings settings) {
        HttpSender sender = new HttpSender(route, settings);
        opened.set(sender);
        return sender;
    }

    private static String post(HttpSender sender) throws Exception {
        return Replies.body(sender.post(HEADERS, List.of(bytes("a body"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
