package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.benchmarks.stub.StubClient;
import dev.dynamirror.benchmarks.stub.StubCounts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Runs one contender in this JVM.
 *
 * <p>Arguments: the contender's name, the endpoint, {@code small} or {@code large}, and where the stub tells its counts if
 * that is another address. Each line of standard input is a number of rows to write; each is answered by a line of JSON
 * that says what it has cost. The first ones are for the JVM to get warm. Ends when standard input does.
 */
public final class Worker {

    private Worker() {}

    /** Runs the contender. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("expected: CONTENDER ENDPOINT small|large [STUB]; the contenders are "
                    + String.join(", ", Contenders.NAMES));
        }
        Target target = new Target(URI.create(arguments[1]), RowSize.of(arguments[2]));
        StubClient stub = new StubClient(arguments.length > 3 ? URI.create(arguments[3]) : target.endpoint());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Contender contender = Contenders.open(arguments[0], target, stub)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(round(arguments[0], contender, stub, Long.parseLong(line.strip())));
            }
        }
        // Threads of a client must not keep the process.
        System.exit(0);
    }

    private static String round(String name, Contender contender, StubClient stub, long rows) throws Exception {
        StubCounts countsBefore = stub.counts();
        Cost before = Cost.now();
        contender.write(rows);
        Cost cost = Cost.now().since(before);
        StubCounts counts = stub.counts().since(countsBefore);
        double seconds = cost.nanos() / 1e9;
        double cpuMicros = cost.cpuNanos() / 1e3;
        return String.format(
                Locale.ROOT,
                "{\"contender\":\"%s\",\"rows\":%d,\"seconds\":%.4f,\"cpuSeconds\":%.4f,\"rowsPerSecond\":%.0f,"
                        + "\"cpuMicrosPerRow\":%.4f,\"allocatedBytesPerRow\":%.1f,\"peakMemoryBytes\":%d,"
                        + "\"requests\":%d,\"puts\":%d,\"deletes\":%d,\"bytes\":%d}",
                name,
                rows,
                seconds,
                cpuMicros / 1e6,
                rows / seconds,
                cpuMicros / rows,
                (double) cost.allocatedBytes() / rows,
                Cost.peakMemory(),
                counts.requests(),
                counts.puts(),
                counts.deletes(),
                counts.bytes());
    }
}
