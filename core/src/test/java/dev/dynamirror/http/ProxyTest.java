package dev.dynamirror.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.SystemProperties;
import dev.dynamirror.http.RawServer.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that go through a proxy, as the system properties of Java say; the SDK reads them, and the environment. */
final class ProxyTest {

    private static final Map<String, String> HEADERS = Map.of("host", "database.test");

    private final SystemProperties properties = new SystemProperties();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    @AfterEach
    void restore() {
        properties.close();
    }

    @Test
    void anHttpProxyIsGivenTheWholeAddress() throws Exception {
        try (RawServer proxy = new RawServer(this::answer);
                HttpSender sender = open("http", proxy, "http://database.test:8000/path")) {
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("from the proxy");
            assertThat(heads.remove().lines())
                    .containsExactly(
                            "POST http://database.test:8000/path HTTP/1.1",
                            "host: database.test",
                            "content-length: 0",
                            "");
        }
    }

    @Test
    void anHttpProxyIsToldThePassword() throws Exception {
        properties.set("http.proxyUser", "user").set("http.proxyPassword", "pass:word");
        try (RawServer proxy = new RawServer(this::answer);
                HttpSender sender = open("http", proxy, "http://database.test")) {
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("from the proxy");
            assertThat(heads.remove().lines())
                    .containsExactly(
                            "POST http://database.test/ HTTP/1.1",
                            "proxy-authorization: Basic dXNlcjpwYXNzOndvcmQ=",
                            "host: database.test",
                            "content-length: 0",
                            "");
        }
    }

    @Test
    void aHostThatNeedsNoProxyIsReachedWithoutIt() throws Exception {
        properties.set("http.nonProxyHosts", "*.test|127.*");
        try (RawServer proxy = new RawServer(this::answer);
                RawServer server = RawServer.numbering();
                HttpSender sender = open("http", proxy, server.endpoint().toString())) {
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("1");
            assertThat(proxy.peers()).isEmpty();
        }
    }

    @Test
    void anEncryptedConnectionGoesThroughATunnel(@TempDir Path folder) throws Exception {
        properties.set("https.proxyUser", "user").set("https.proxyPassword", "pass:word");
        TestCertificate certificate = TestCertificate.of("database.test", folder);
        certificate.trust(properties);
        try (RawServer server = new RawServer(certificate.sockets(), peer -> {
                    while (!peer.request().isEmpty()) {
                        peer.reply("through the tunnel");
                    }
                });
                RawServer proxy = new RawServer(peer -> tunnel(peer, server));
                HttpSender sender = open("https", proxy, "https://database.test:8443")) {
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("through the tunnel");
            assertThat(Replies.body(sender.post(HEADERS, List.of()))).isEqualTo("through the tunnel");
            assertThat(heads)
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT database.test:8443 HTTP/1.1\r\n")
                            .contains(
                                    "host: database.test:8443\r\n",
                                    "proxy-authorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n"));
        }
    }

    @Test
    void aProxyThatRefusesIsSurelyNotSentAndNoPasswordIsShown() throws Exception {
        properties.set("https.proxyUser", "user").set("https.proxyPassword", "secret");
        try (RawServer proxy = new RawServer(peer -> {
                    peer.head();
                    peer.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
                });
                HttpSender sender = open("https", proxy, "https://database.test")) {
            assertThatThrownBy(() -> Replies.body(sender.post(HEADERS, List.of())))
                    .isExactlyInstanceOf(NotSentException.class)
                    .hasMessage("no connection with https://database.test through the proxy 127.0.0.1:" + proxy.port()
                            + ": http, basic, /127.0.0.1:" + proxy.port()
                            + " => database.test/<unresolved>:443, status: 407 Proxy Authentication Required");
        }
    }

    private HttpSender open(String scheme, RawServer proxy, String endpoint) {
        properties.set(scheme + ".proxyHost", "127.0.0.1").set(scheme + ".proxyPort", Integer.toString(proxy.port()));
        return HttpSender.open(URI.create(endpoint), HttpSettings.of(4));
    }

    private void answer(Peer peer) throws IOException {
        for (String request = peer.request(); !request.isEmpty(); request = peer.request()) {
            heads.add(request);
            peer.reply("from the proxy");
        }
    }

    private void tunnel(Peer peer, RawServer server) throws IOException {
        heads.add(peer.head());
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
            Thread back = new Thread(() -> {
                try {
                    there.getInputStream().transferTo(peer.socket().getOutputStream());
                } catch (IOException ended) {
                    return;
                }
            });
            back.setDaemon(true);
            back.start();
            peer.in().transferTo(there.getOutputStream());
        }
    }
}
