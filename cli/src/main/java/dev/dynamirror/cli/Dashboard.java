package dev.dynamirror.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * A page that shows what the mirrors of this process do, for a browser on this machine. It can only be looked at.
 *
 * <p>It answers to nothing but its own address: a name that somebody else has pointed at this machine gets nothing.
 */
final class Dashboard implements AutoCloseable {

    private static final String PAGE = "dashboard.html";

    private final HttpServer server;
    private final DashboardState state;

    private Dashboard(HttpServer server, DashboardState state) {
        this.server = server;
        this.state = state;
    }

    /**
     * Opens it.
     *
     * @param port 0 for any that is free
     * @throws MirrorException if the port is taken
     */
    static Dashboard open(int port, DashboardState state) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            Dashboard dashboard = new Dashboard(HttpServer.create(address, 0), state);
            dashboard.server.createContext("/", dashboard::answer);
            dashboard.server.start();
            return dashboard;
        } catch (IOException e) {
            throw new MirrorException("the dashboard can't be opened at port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Where a browser finds it. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
            String port = ":" + server.getAddress().getPort();
            if (!Set.of("127.0.0.1" + port, "localhost" + port).contains(host)) {
                send(exchange, 403, "text/plain", "this page is at " + address() + " only\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", "this page can only be looked at\n");
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/" -> send(exchange, 200, "text/html", page());
                    case "/state.json" -> send(exchange, 200, "application/json", state.json());
                    default -> send(exchange, 404, "text/plain", "there is nothing here\n");
                }
            }
        }
    }

    private static String page() throws IOException {
        try (InputStream page = Objects.requireNonNull(Dashboard.class.getResourceAsStream(PAGE))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                        + " img-src data:; frame-ancestors 'none'");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
