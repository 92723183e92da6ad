package dev.dynamirror.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LocalDynamoDbTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CREATE_GREETINGS = """
            {"TableName":"greetings","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"key","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"key","KeyType":"HASH"}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void answersOnceItIsReady() throws Exception {
        try (LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady()) {
            assertThat(database.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + database.port()));
            assertThat(call(database, "ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void knowsItsPortBeforeItIsReady() {
        try (LocalDynamoDb database = LocalDynamoDb.inMemory().start()) {
            assertThat(database.port()).isBetween(1024, 65535);
            assertThat(ProcessHandle.of(database.pid())).isPresent();
        }
    }

    @Test
    void keepsItsTablesInADirectoryThatItMakes() throws Exception {
        Path directory = folder.resolve("not/there/yet");
        try (LocalDynamoDb database =
                LocalDynamoDb.inDirectory(directory).start().awaitReady()) {
            call(database, "CreateTable", CREATE_GREETINGS);
            call(
                    database,
                    "PutItem",
                    "{\"TableName\":\"greetings\",\"Item\":{\"key\":{\"N\":\"1\"},\"value\":{\"S\":\"Hello\"}}}");
        }
        try (LocalDynamoDb database =
                LocalDynamoDb.inDirectory(directory).start().awaitReady()) {
            assertThat(call(
                            database,
                            "GetItem",
                            "{\"TableName\":\"greetings\",\"Key\":{\"key\":{\"N\":\"1\"}},\"ConsistentRead\":true}"))
                    .isEqualTo("{\"Item\":{\"value\":{\"S\":\"Hello\"},\"key\":{\"N\":\"1\"}}}");
        }
    }

    @Test
    void leavesNoProcessBehindWhenClosed() {
        LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady();
        ProcessHandle process = ProcessHandle.of(database.pid()).orElseThrow();
        database.close();
        database.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void endsWhenItsOwnerExitsWithoutClosingIt() throws Exception {
        Process owner = startOwner();
        ProcessHandle database = databaseOf(owner);
        owner.getOutputStream().close();
        assertThat(owner.waitFor()).isEqualTo(1);
        assertThat(database.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void endsWhenItsOwnerIsKilled() throws Exception {
        Process owner = startOwner();
        ProcessHandle database = databaseOf(owner);
        owner.destroyForcibly();
        assertThat(database.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void outlivesTheInterruptThatATerminalSendsToAllProcesses() throws Exception {
        try (LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady()) {
            new ProcessBuilder("sh", "-c", "kill -INT " + database.pid())
                    .start()
                    .waitFor();
            assertThat(call(database, "ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void twoRunSideBySide() throws Exception {
        try (LocalDynamoDb one = LocalDynamoDb.inMemory().start();
                LocalDynamoDb other = LocalDynamoDb.inMemory().start()) {
            call(one.awaitReady(), "CreateTable", CREATE_GREETINGS);
            assertThat(call(one, "ListTables", "{}")).isEqualTo("{\"TableNames\":[\"greetings\"]}");
            assertThat(call(other.awaitReady(), "ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void listensOnTheWantedPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (LocalDynamoDb database =
                LocalDynamoDb.inMemory().port(port).start().awaitReady()) {
            assertThat(database.port()).isEqualTo(port);
            assertThat(call(database, "ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
        }
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            LocalDynamoDb.Starter starter = LocalDynamoDb.inMemory().port(other.getLocalPort());
            assertThatThrownBy(starter::start)
                    .isInstanceOf(LocalDynamoDbException.class)
                    .hasMessage("port %d can't be used for DynamoDB Local (Address already in use):"
                                    .formatted(other.getLocalPort())
                            + " stop what listens there, or name another port");
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> LocalDynamoDb.inMemory().port(65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be within 0 to 65535, but is 65536");
    }

    @Test
    void refusesADirectoryInUseAndTakesItAfterwards() {
        try (LocalDynamoDb holder = LocalDynamoDb.inDirectory(folder).start()) {
            LocalDynamoDb.Starter second = LocalDynamoDb.inDirectory(folder);
            assertThatThrownBy(second::start)
                    .isInstanceOf(LocalDynamoDbException.class)
                    .hasMessage(
                            "directory %s is in use by the DynamoDB Local of process %d: stop that one, or name another directory"
                                    .formatted(folder, ProcessHandle.current().pid()));
            assertThat(ProcessHandle.of(holder.pid())).isPresent();
        }
        LocalDynamoDb.inDirectory(folder).start().close();
    }

    @Test
    void refusesAFileAsDirectory() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        LocalDynamoDb.Starter starter = LocalDynamoDb.inDirectory(file);
        assertThatThrownBy(starter::start)
                .isInstanceOf(LocalDynamoDbException.class)
                .hasMessage(
                        "directory %1$s can't be used for DynamoDB Local: java.nio.file.FileAlreadyExistsException: %1$s"
                                .formatted(file));
    }

    @Test
    void saysWhenItEndedBeforeItWasReady() {
        LocalDynamoDb database = LocalDynamoDb.inMemory().start();
        ProcessHandle.of(database.pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(database::awaitReady)
                .isInstanceOf(LocalDynamoDbException.class)
                .hasMessage("DynamoDB Local ended with status 137 before it answered on port " + database.port());
    }

    @Test
    void closingEndsTheWaitOfAnotherThread() {
        LocalDynamoDb database = LocalDynamoDb.inMemory().start();
        CompletableFuture<LocalDynamoDb> waiting = CompletableFuture.supplyAsync(database::awaitReady);
        database.close();
        assertThat(waiting).failsWithin(Duration.ofSeconds(30));
    }

    private static Process startOwner() throws IOException {
        String classPath = String.join(":", place(LocalDynamoDb.class), place(Owner.class));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle databaseOf(Process owner) throws IOException {
        BufferedReader output = owner.inputReader(StandardCharsets.UTF_8);
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private static String call(LocalDynamoDb database, String operation, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(database.endpoint())
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
                                        + " SignedHeaders=host, Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
