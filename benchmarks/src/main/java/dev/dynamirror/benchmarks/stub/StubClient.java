package dev.dynamirror.benchmarks.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a {@link StubServer} for its counts, and tells it how slow to be. */
public final class StubClient {

    private final URI stub;

    /** A client of the stub at that plain address. */
    public StubClient(URI stub) {
        this.stub = stub;
    }

    /** What the stub has taken since it was started. */
    public StubCounts counts() {
        String[] numbers = get(StubServer.COUNTS_PATH).split(" ", -1);
        return new StubCounts(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }

    /** From now on each request is answered that much later than it came. */
    public void delay(Duration delay) {
        get(StubServer.DELAY_PATH + delay.toNanos());
    }

    private String get(String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) stub.resolve(path).toURL().openConnection();
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("the stub at " + stub + " does not answer", e);
        }
    }
}
