package dev.dynamirror.mirror;

import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A program for {@link CredentialsTest}: writes to a mirror until it is told to stop, and says how many changes it gave. */
final class CredentialsProbe {

    static final int KEYS = 50;

    private CredentialsProbe() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        long given = 0;
        try (Mirror mirror = Mirror.open(
                DynamoDb.table(FaultyTable.NAME)
                        .partitionKey("key")
                        .endpoint(URI.create(arguments[0]))
                        .region("us-east-1"),
                Schema.parse("key str, value int"))) {
            while (System.in.available() == 0) {
                for (int key = 0; key < KEYS; key++) {
                    given++;
                    mirror.put(Map.of("key", "k" + key, "value", given));
                }
                // What changes faster than it is written is merged.
                mirror.flush();
            }
        }
        System.out.println(given);
    }
}
