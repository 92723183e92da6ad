package dev.dynamirror.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What {@code bin/dynamirror} runs once after a build, while the JVM writes down which classes are loaded: the usual
 * commands, on a table that is none. So nothing but this JVM is needed, and nothing else is touched.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

    private static final String TABLE = """
            {"TableName":"rehearsal","TableStatus":"ACTIVE",\
            "AttributeDefinitions":[{"AttributeName":"key","AttributeType":"N"}],\
            "KeySchema":[{"AttributeName":"key","KeyType":"HASH"}]}""";

    /** An item in a request to write it: its attributes are scalars. */
    private static final Pattern PUT = Pattern.compile("\\{\"PutRequest\":\\{\"Item\":(\\{.*?}})}}");

    /** What is written, in this order. */
    private static final Map<String, String> INPUTS = new TreeMap<>(Map.of(
            "first.csv", "key,value,at\n1,0.5,2025-01-17T00:00:00\n2,,\n",
            "further.jsonl", "{\"key\": 1, \"value\": true}\n{\"key\": 2, \"value\": null}\n",
            "last.md", "key | value\n--- | ---\n1 | Hello\n2 | World\n"));

    private static final String SCRIPT = """
            CREATE TABLE rows_of_files (`key` BIGINT, `value` DOUBLE)
              WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
            CREATE TABLE mirror (`key` BIGINT, `total` DOUBLE, PRIMARY KEY (`key`) NOT ENFORCED)
              WITH ('connector' = 'dynamirror', 'table-name' = 'rehearsal');
            INSERT INTO mirror SELECT `key`, SUM(`value`) FROM rows_of_files GROUP BY `key`;
            """;

    private final Console console;
    private volatile boolean exists;
    private volatile List<String> items = List.of();

    RehearseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            rehearse();
            return Dynamirror.DONE;
        } catch (IOException e) {
            throw new MirrorException("the rehearsal failed: " + e, e);
        }
    }

    private void rehearse() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "placeholder");
        System.setProperty("aws.secretAccessKey", "placeholder");
        checkThatNothingElseIsMeant(endpoint);
        Path folder = Files.createTempDirectory("dynamirror-rehearsal-");
        try {
            for (Map.Entry<String, String> input : INPUTS.entrySet()) {
                String file = Files.writeString(folder.resolve(input.getKey()), input.getValue())
                        .toString();
                exists = false;
                run(
                        "write",
                        file,
                        "--table",
                        "rehearsal",
                        "--partition-key",
                        "key",
                        "--init-mode",
                        "create_if_not_exists");
            }
            run("verify", folder.resolve("last.md").toString(), "--table", "rehearsal", "--partition-key", "key");
            Path rows = Files.writeString(folder.resolve("rows.csv"), "1,0.5\n");
            Path script = Files.writeString(folder.resolve("rehearsal.sql"), SCRIPT.formatted(rows.toUri()));
            run("sql", script.toString());
            for (String format : List.of("table", "jsonl", "dynamodb-json")) {
                run("scan", "rehearsal", "--format", format);
            }
        } finally {
            delete(folder);
            server.stop(0);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Variables of the environment would win over what is set here. */
    private static void checkThatNothingElseIsMeant(URI endpoint) {
        try (Connection connection = Connection.open(ConnectionSettings.fromEnvironment())) {
            if (!connection.endpoint().equals(endpoint)) {
                throw new MirrorException(
                        "the rehearsal must not be given another endpoint, but is given " + connection.endpoint());
            }
        }
    }

    private void run(String... arguments) {
        int status = Dynamirror.run(console, arguments);
        if (status != Dynamirror.DONE) {
            throw new MirrorException(
                    "the rehearsal of " + String.join(" ", arguments) + " ended with status " + status);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (operation.equals("BatchWriteItem")) {
            items = PUT.matcher(request).results().map(put -> put.group(1)).toList();
        }
        boolean missing = operation.equals("DescribeTable") && !exists;
        String answer = missing
                ? "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}"
                : switch (operation) {
                    case "DescribeTable" -> "{\"Table\":" + TABLE + "}";
                    case "CreateTable" -> {
                        exists = true;
                        yield "{\"TableDescription\":" + TABLE + "}";
                    }
                    case "Scan" ->
                        "{\"Count\":%d,\"ScannedCount\":%1$d,\"Items\":[%s]}"
                                .formatted(items.size(), String.join(",", items));
                    default -> "{\"UnprocessedItems\":{}}";
                };
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(missing ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
