package dev.dynamirror.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.Ports;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Commands that don't end, what is seen of them meanwhile, and inputs that are changes. */
@WithLocalDynamoDb
final class InputTest {

    private static final String LIVE = "--init-mode=create_if_not_exists";

    private final URI endpoint;

    @TempDir
    private Path folder;

    InputTest(LocalDynamoDb database) {
        endpoint = database.endpoint();
        Shell.connectTo(database.endpoint());
    }

    @Test
    void aDirectoryIsFollowedAndCanBeSeen(@TableName String table) throws Exception {
        file("a.csv", "id,item\n1,apple\n2,pear\n");
        file("b.csv", "id,item\n3,fig\n");
        int metrics = Ports.free();

        try (Background command = Background.run(
                "write",
                folder.toString(),
                "--watch",
                "--table",
                table,
                "--partition-key",
                "id",
                LIVE,
                "--name=fruit",
                "--metrics-port=" + metrics,
                "--dashboard")) {
            command.awaitThat(() -> itemsMeanwhile(table).equals("1 apple, 2 pear, 3 fig"));

            String page = URI.create("http://127.0.0.1:" + metrics).toString();
            command.awaitThat(() -> get(page)
                    .lines()
                    .anyMatch(line -> line.startsWith("flink_taskmanager_job_task_operator_mirror_itemsPut{")
                            && line.contains("mirror=\"fruit\"")
                            && line.endsWith(" 3.0")));
            String dashboard = command.messages().replaceAll("(?s).*the dashboard is at (\\S+)\n.*", "$1");
            command.awaitThat(() -> get(dashboard + "/state.json").contains("\"itemsPut\":3,"));
            assertThat(get(dashboard + "/state.json"))
                    .contains("\"rowsRead\":3,")
                    .contains("\"table\":{\"name\":\"" + table + "\",\"status\":\"ACTIVE\",");

            file("b.csv", "id,item\n1,quince\n");
            command.awaitThat(() -> itemsMeanwhile(table).equals("1 quince, 2 pear"));
            Files.delete(folder.resolve("b.csv"));
            command.awaitThat(() -> itemsMeanwhile(table).equals("1 apple, 2 pear"));

            assertThat(command.stop()).isEqualTo(Dynamirror.STOPPED);
            assertThat(command.messages())
                    .containsPattern("\ndynamirror: stopped; so far table " + table
                            + ": \\d+ rows read, 5 items put, 1 deleted, in \\d+\\.\\d s\n$");
        }
    }

    @Test
    void aColumnSaysWhatHappens(@TableName String table) throws Exception {
        file("changes.csv", "op,id,item\ninsert,1,apple\ninsert,2,pear\nupdate,1,quince\ndelete,2,\n");

        assertLeavesAQuince("changes.csv", table, "--change-column", "op");
    }

    @Test
    void eventsOfDebeziumAreChanges(@TableName String table) throws Exception {
        file("events.json", """
                {"before":null,"after":{"id":1,"item":"apple"},"op":"c"}
                {"before":null,"after":{"id":2,"item":"pear"},"op":"r"}
                {"before":{"id":1,"item":"apple"},"after":{"id":1,"item":"quince"},"op":"u"}
                {"before":{"id":2,"item":"pear"},"after":null,"op":"d"}
                """);

        assertLeavesAQuince("events.json", table, "--format", "debezium-json");
    }

    @Test
    void whatPathwayHasWrittenIsChanges(@TableName String table) throws Exception {
        file("pathway.csv", "id,item,time,diff\n1,apple,2,1\n2,pear,2,1\n1,apple,4,-1\n1,quince,4,1\n2,pear,6,-1\n");

        assertLeavesAQuince("pathway.csv", table, "--change-column", "diff");
    }

    @Test
    void pathwaysJsonLinesAreChangesToo(@TableName String table) throws Exception {
        file("pathway.jsonl", """
                {"id":1,"item":"apple","diff":1,"time":2}
                {"id":1,"item":"apple","diff":-1,"time":4}
                {"id":1,"item":"quince","diff":1,"time":4}
                """);

        assertLeavesAQuince("pathway.jsonl", table, "--change-column", "diff");
    }

    @Test
    void aParquetFileIsATable(@TableName String table) throws Exception {
        Files.copy(Path.of("../examples/fruit.parquet"), folder.resolve("fruit.parquet"));

        write("fruit.parquet", table);

        assertThat(items(table)).isEqualTo("""
                {"id":1,"colours":["red","green"],"item":"apple","picked":"2025-01-17T10:30:00.000000000+0000","price":1.25}
                {"id":2,"colours":["green"],"item":"pear","picked":"2025-01-18T08:00:00.000000000+0000","price":0.99}
                {"id":3,"colours":null,"item":"plum","picked":"2025-01-18T09:15:00.000000000+0000","price":null}
                """);
    }

    @Test
    void severalFilesAreOneTable(@TableName String table) throws Exception {
        file("a-1.jsonl", "{\"id\":1,\"item\":\"apple\"}\n");
        file("a-2.jsonl", "{\"id\":2,\"item\":\"pear\"}\n");
        file("b.jsonl", "{\"id\":3,\"item\":\"fig\"}\n");

        write("a-*.jsonl", table);

        assertThat(items(table)).isEqualTo("{\"id\":1,\"item\":\"apple\"}\n{\"id\":2,\"item\":\"pear\"}\n");
    }

    private void assertLeavesAQuince(String input, String table, String... more) {
        assertThat(write(input, table, more).messages()).isEmpty();
        assertThat(items(table)).isEqualTo("{\"id\":1,\"item\":\"quince\"}\n");
    }

    private Shell.Outcome write(String input, String table, String... more) {
        String[] usual = {"write", folder.resolve(input).toString(), "--table", table, "--partition-key", "id", LIVE};
        return Shell.run(Stream.of(usual, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static String items(String table) {
        return Shell.run("scan", table, "--format", "jsonl").results();
    }

    /** The column {@code item} of a table while a command runs in this JVM, for whose connections a scan would wait. */
    private String itemsMeanwhile(String table) {
        try (Connection connection = Connection.open(new ConnectionSettings(endpoint, "eu-central-1"))) {
            return connection.client().scan(request -> request.tableName(table)).items().stream()
                    .map(item -> requireNonNull(item.get("id")).n() + " "
                            + requireNonNull(item.get("item")).s())
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (ResourceNotFoundException notYet) {
            return "";
        }
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private static String get(String address) {
        try (var answer = URI.create(address).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** A command that runs while the test goes on. */
    private static final class Background implements AutoCloseable {

        private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final Thread thread;

        private Background(String... arguments) {
            Console console = new Console(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), messages);
            thread = new Thread(() -> status.complete(Dynamirror.run(console, arguments)), "command");
        }

        static Background run(String... arguments) {
            Background command = new Background(arguments);
            command.thread.start();
            return command;
        }

        void awaitThat(Callable<Boolean> condition) {
            await(messages()).atMost(Duration.ofSeconds(30)).until(() -> {
                assertThat(status).as(this::messages).isNotDone();
                return condition.call();
            });
        }

        /** Its exit status when it is asked to stop. */
        int stop() {
            thread.interrupt();
            return status.join();
        }

        @Override
        public void close() {
            stop();
        }

        String messages() {
            return messages.toString(StandardCharsets.UTF_8);
        }
    }
}
