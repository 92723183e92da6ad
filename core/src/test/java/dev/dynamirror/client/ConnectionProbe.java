package dev.dynamirror.client;

import dev.dynamirror.error.MirrorException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Opens connections in a JVM of its own, whose environment the test chooses, and prints a line for each. */
public final class ConnectionProbe {

    private ConnectionProbe() {}

    /**
     * Opens a connection for each argument.
     *
     * @param endpoints addresses, or {@code environment} for what the environment says
     */
    public static void main(String[] endpoints) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String endpoint : endpoints) {
            out.println(line(endpoint.equals("environment") ? null : URI.create(endpoint)));
        }
    }

    private static String line(@Nullable URI endpoint) {
        try (Connection connection = Connection.open(new ConnectionSettings(endpoint, null))) {
            return connection.endpoint() + " in " + connection.region() + " as "
                    + connection.credentials().resolveCredentials().accessKeyId();
        } catch (MirrorException e) {
            StringBuilder secrets = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (String.valueOf(cause.getMessage()).contains("s3cret")) {
                    secrets.append(" AND TOLD THE SECRET");
                }
            }
            return "error: " + e.getMessage() + secrets;
        }
    }
}
