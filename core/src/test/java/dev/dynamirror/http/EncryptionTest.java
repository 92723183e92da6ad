package dev.dynamirror.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.SystemProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections: with whom, and with whom not. */
final class EncryptionTest {

    private static final Map<String, String> HEADERS = Map.of("host", "h");

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;

    private final SystemProperties properties = new SystemProperties();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.of("localhost", folder);
    }

    @AfterEach
    void restore() {
        properties.close();
    }

    @Test
    void aServerWithATrustedCertificateIsSpokenTo() throws Exception {
        certificate.trust(properties);
        byte[] body = new byte[1_000_000];
        try (RawServer server = new RawServer(certificate.sockets(), peer -> {
                    for (String head = peer.head(); !head.isEmpty(); head = peer.head()) {
                        peer.reply(peer.body(head).length + " bytes on connection " + peer.number());
                    }
                });
                HttpSender sender = open(server, "localhost", HttpSettings.of(4))) {
            assertThat(Replies.body(sender.post(HEADERS, List.of(body)))).isEqualTo("1000000 bytes on connection 1");
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("0 bytes on connection 1");
        }
    }

    @Test
    void aServerOfAnotherNameIsNotSpokenTo() throws Exception {
        certificate.trust(properties);
        assertRefused("127.0.0.1", "No subject alternative names matching IP address 127.0.0.1 found");
    }

    @Test
    void aServerThatNobodyTrustsIsNotSpokenTo() throws Exception {
        assertRefused("localhost", "PKIX path building failed: ");
    }

    @Test
    void aServerThatDoesNotEncryptIsNotSpokenTo() throws Exception {
        try (RawServer server = new RawServer(peer -> peer.reply("?"));
                HttpSender sender = open(server, "localhost", HttpSettings.of(4))) {
            assertThatThrownBy(() -> Replies.body(sender.post(HEADERS, List.of())))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessageStartingWith("no connection with https://localhost:" + server.port() + ": ");
        }
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForLong() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Duration time = Duration.ofMillis(200);
        try (RawServer server = new RawServer(peer -> Replies.await(over));
                HttpSender sender = open(
                        server,
                        "localhost",
                        new HttpSettings(4, time, Duration.ofMinutes(1), Duration.ofMinutes(1), time, time))) {
            assertThatThrownBy(() -> Replies.body(sender.post(HEADERS, List.of())))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with https://localhost:" + server.port()
                            + ": handshake timed out after 200ms");
            over.countDown();
        }
    }

    private static void assertRefused(String host, String reason) throws IOException {
        CountDownLatch requests = new CountDownLatch(1);
        try (RawServer server = new RawServer(certificate.sockets(), peer -> {
                    if (!peer.request().isEmpty()) {
                        requests.countDown();
                    }
                });
                HttpSender sender = open(server, host, HttpSettings.of(4))) {
            assertThatThrownBy(() -> Replies.body(sender.post(HEADERS, List.of())))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessageStartingWith("no connection with https://" + host + ":" + server.port() + ": ")
                    .hasMessageContaining(reason);
            assertThat(requests.getCount()).isEqualTo(1);
        }
    }

    private static HttpSender open(RawServer server, String host, HttpSettings settings) {
        return HttpSender.open(URI.create("https://" + host + ":" + server.port()), settings);
    }
}
