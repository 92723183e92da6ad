package dev.dynamirror.benchmarks.stub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a {@link StubServer} until the process that has started it ends.
 *
 * <p>Arguments: {@code delay-ms=5}, {@code key=id:N}, {@code tls=FOLDER} for a second port with TLS, whose certificate is
 * made in that folder. Prints the plain address, and in a second line that with TLS if there is one.
 */
public final class StubMain {

    private StubMain() {}

    /** Runs the stub. */
    public static void main(String[] arguments) throws Exception {
        List<String> options = Arrays.asList(arguments);
        String[] key = option(options, "key", "id:N").split(":", -1);
        String folder = option(options, "tls", "");
        StubTable table = new StubTable(StubTable.DEFAULT.name(), key[0], key[1]);
        StubServer server = StubServer.start(
                table, folder.isEmpty() ? null : Certificate.in(Path.of(folder)).context());
        new StubClient(server.endpoint()).delay(Duration.ofMillis(Long.parseLong(option(options, "delay-ms", "0"))));
        System.out.println(server.endpoint());
        if (server.secureEndpoint() != null) {
            System.out.println(server.secureEndpoint());
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
