package dev.dynamirror.http;

import dev.dynamirror.error.MirrorException;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.ProxyConfigProvider;

/** The way to an endpoint: straight, or through the proxy that the SDK would use; encrypted if the endpoint says so. */
final class Route {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final URI endpoint;
    private final String host;
    private final int port;
    private final @Nullable Proxy proxy;
    private final @Nullable SslContext encryption;
    private final Resolver resolver;

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * A proxy.
     *
     * @param user null if it asks for none
     */
    private record Proxy(String host, int port, @Nullable String user, String password) {
        @Override
        public String toString() {
            return host + ':' + port;
        }
    }

    private Route(URI endpoint, @Nullable Proxy proxy, @Nullable SslContext encryption, Resolver resolver) {
        this.endpoint = endpoint;
        this.host = endpoint.getHost();
        this.port = port(endpoint);
        this.proxy = proxy;
        this.encryption = encryption;
        this.resolver = resolver;
    }

    /**
     * Finds the way to an endpoint, with proxies as system properties and the environment name them.
     *
     * @throws MirrorException if Java's trust store can't be read
     */
    static Route to(URI endpoint) {
        return to(endpoint, InetAddress::getAllByName);
    }

    /** The same, with addresses from elsewhere than DNS. */
    static Route to(URI endpoint, Resolver resolver) {
        return new Route(endpoint, proxy(endpoint), isHttps(endpoint) ? encryption() : null, resolver);
    }

    boolean isEncrypted() {
        return encryption != null;
    }

    /**
     * The addresses to connect with, in the order in which they are to be tried; asks DNS, unless Java remembers.
     *
     * @throws CompletionException if there is none
     */
    List<InetSocketAddress> lookUp() {
        String name = proxy == null ? host : proxy.host;
        int number = proxy == null ? port : proxy.port;
        try {
            return Arrays.stream(resolver.resolve(name))
                    .map(address -> new InetSocketAddress(address, number))
                    .toList();
        } catch (UnknownHostException e) {
            throw new CompletionException("the host " + name + " is not known", e);
        }
    }

    /** What every request begins with: the first line, and what a proxy wants to know. */
    byte[] requestStart() {
        String path = endpoint.normalize().getRawPath();
        String end = (path.isEmpty() ? "/" : path) + " HTTP/1.1\r\n";
        String start = "POST " + end;
        if (proxy != null && !isEncrypted()) {
            start = "POST http://" + endpoint.getRawAuthority() + end;
            if (proxy.user != null) {
                byte[] secret = (proxy.user + ':' + proxy.password).getBytes(StandardCharsets.UTF_8);
                start += "proxy-authorization: Basic " + Base64.getEncoder().encodeToString(secret) + "\r\n";
            }
        }
        return start.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Adds the handlers that a connection needs to get there.
     *
     * @param address one of {@link #lookUp}
     * @return what to connect the pipeline's channel with
     */
    SocketAddress prepare(ChannelPipeline pipeline, InetSocketAddress address, Duration longestConnect) {
        SocketAddress destination = address;
        if (encryption != null) {
            if (proxy != null) {
                HttpProxyHandler tunnel = proxy.user == null
                        ? new HttpProxyHandler(address)
                        : new HttpProxyHandler(address, proxy.user, proxy.password);
                tunnel.setConnectTimeoutMillis(longestConnect.toMillis());
                pipeline.addLast(tunnel);
                destination = InetSocketAddress.createUnresolved(host, port);
            }
            SslHandler handler = encryption.newHandler(pipeline.channel().alloc(), host, port);
            handler.setHandshakeTimeoutMillis(longestConnect.toMillis());
            pipeline.addLast(handler);
        }
        return destination;
    }

    /** For messages: {@code https://host}, or {@code https://host through the proxy proxy.example.com:3128}. */
    @Override
    public String toString() {
        return endpoint + (proxy == null ? "" : " through the proxy " + proxy);
    }

    private static SslContext encryption() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new MirrorException(
                    "connections can't be encrypted: check the trust store of this Java"
                            + " (javax.net.ssl.trustStore): " + e.getMessage(),
                    e);
        }
    }

    private static @Nullable Proxy proxy(URI endpoint) {
        ProxyConfigProvider found = ProxyConfigProvider.fromSystemEnvironmentSettings(
                true, true, endpoint.getScheme().toLowerCase(Locale.ROOT));
        if (found == null || found.host() == null || found.host().isEmpty()) {
            return null;
        }
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        if (found.nonProxyHosts().stream().anyMatch(host::matches)) {
            return null;
        }
        int port = found.port() > 0 ? found.port() : HTTP_PORT;
        return new Proxy(
                found.host(),
                port,
                found.userName().orElse(null),
                found.password().orElse(""));
    }

    private static int port(URI endpoint) {
        return Optional.of(endpoint.getPort())
                .filter(port -> port >= 0)
                .orElse(isHttps(endpoint) ? HTTPS_PORT : HTTP_PORT);
    }

    private static boolean isHttps(URI endpoint) {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }
}
