package dev.dynamirror.benchmarks.reconcile;

import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A DynamoDB in the memory of a JVM of its own. Prints its address; answers each line of its input with the write units and
 * the read units that were consumed since the line before, and ends with its input.
 */
public final class TableServer {

    private TableServer() {}

    /** Runs the server. */
    public static void main(String[] arguments) throws IOException {
        try (FaultyDynamoDb server = FaultyDynamoDb.start().keepHistory(false)) {
            System.out.println(server.endpoint());
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (lines.readLine() != null) {
                System.out.printf(Locale.ROOT, "%.1f %.1f%n", server.consumedWriteUnits(), server.consumedReadUnits());
                server.clearHistory();
            }
        }
    }
}
