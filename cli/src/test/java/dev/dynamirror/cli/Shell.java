package dev.dynamirror.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Runs command lines inside this JVM. */
final class Shell {

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param results what it printed on standard output
     * @param messages what it printed on standard error
     */
    record Outcome(int status, String results, String messages) {}

    private Shell() {}

    /** Has the commands find that database in their environment. */
    static void connectTo(URI endpoint) {
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "eu-central-1");
    }

    static Outcome run(String... arguments) {
        return runWithInput("", arguments);
    }

    static Outcome runWithInput(String input, String... arguments) {
        return run(input, null, arguments);
    }

    /** Runs a command line at a terminal, where questions are answered so. */
    static Outcome runAtTerminal(Console.Question terminal, String... arguments) {
        return run("", terminal, arguments);
    }

    private static Outcome run(String input, Console.@Nullable Question terminal, String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), results, messages, terminal);
        int status = Dynamirror.run(console, arguments);
        return new Outcome(status, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }
}
