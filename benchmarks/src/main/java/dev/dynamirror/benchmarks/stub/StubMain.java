package dev.dynamirror.benchmarks.stub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Runs {@link StubServer}s until the process that has started this one ends: one for each contender, so that each has counts
 * of its own.
 *
 * <p>Arguments: {@code servers=9}, {@code delay-ms=5}, {@code key=id:N}, {@code tls=FOLDER} for a second port with TLS, whose
 * certificate is made in that folder. Prints each server's plain address, and in a further line that with TLS if there is one.
 */
public final class StubMain {

    private StubMain() {}

    /** Runs the servers. */
    public static void main(String[] arguments) throws Exception {
        List<String> options = Arrays.asList(arguments);
        String[] key = option(options, "key", "id:N").split(":", -1);
        String folder = option(options, "tls", "");
        StubTable table = new StubTable(StubTable.DEFAULT.name(), key[0], key[1]);
        SSLContext tls =
                folder.isEmpty() ? null : Certificate.in(Path.of(folder)).context();
        Duration delay = Duration.ofMillis(Long.parseLong(option(options, "delay-ms", "0")));
        int servers = Integer.parseInt(option(options, "servers", "1"));
        for (int i = 0; i < servers; i++) {
            StubServer server = StubServer.start(table, tls);
            new StubClient(server.endpoint()).delay(delay);
            System.out.println(server.endpoint());
            if (server.secureEndpoint() != null) {
                System.out.println(server.secureEndpoint());
            }
        }
        ProcessHandle.current().parent().orElseThrow().onExit().join();
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
