package dev.dynamirror.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StubServerTest {

    private static final String TWO_PUTS_AND_A_DELETE =
            "{\"RequestItems\":{\"bench\":[{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"}}}},"
                    + "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"2\"}}}},"
                    + "{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"3\"}}}}]}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = StubServer.start(StubTable.DEFAULT, null);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aBatchLeavesNothingUnprocessed() {
        HttpResponse<String> reply = ask("BatchWriteItem", TWO_PUTS_AND_A_DELETE + "}");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"UnprocessedItems\":{}}");
    }

    @Test
    void itSaysWhatABatchHasConsumedIfAsked() {
        assertThat(ask("BatchWriteItem", TWO_PUTS_AND_A_DELETE + ",\"ReturnConsumedCapacity\":\"TOTAL\"}")
                        .body())
                .isEqualTo("{\"ConsumedCapacity\":[{\"TableName\":\"bench\",\"CapacityUnits\":3.0}],"
                        + "\"UnprocessedItems\":{}}");
    }

    @Test
    void anAnswerHasItsChecksumAndAnId() {
        HttpResponse<String> reply = ask("BatchWriteItem", TWO_PUTS_AND_A_DELETE + "}");

        CRC32 crc = new CRC32();
        crc.update(reply.body().getBytes(StandardCharsets.UTF_8));
        assertThat(reply.headers().firstValueAsLong("x-amz-crc32")).hasValue(crc.getValue());
        assertThat(reply.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void itCountsWhatItTakes() {
        ask("BatchWriteItem", TWO_PUTS_AND_A_DELETE + "}");
        ask("PutItem", "{}");
        ask("UpdateItem", "{}");
        ask("DeleteItem", "{}");
        ask("DescribeTable", "{}");

        assertThat(new StubClient(server.endpoint()).counts())
                .isEqualTo(new StubCounts(4, 4, 2, TWO_PUTS_AND_A_DELETE.length() + 1 + 3 * 2));
    }

    @Test
    void itsTableIsActive() {
        assertThat(ask("DescribeTable", "{}").body())
                .contains("\"TableStatus\":\"ACTIVE\"")
                .contains("\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]")
                .contains("\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"N\"}]");
    }

    @Test
    void anythingElseIsAnError() {
        assertThat(ask("Scan", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void largeRequestsAreTakenAsAWhole() {
        String payload = "x".repeat(3_000_000);

        assertThat(ask("BatchWriteItem", "{\"p\":\"" + payload + "\",\"PutRequest\":{}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(new StubClient(server.endpoint()).counts().puts()).isEqualTo(1);
    }

    /** Twenty requests that each take 300 ms would take six seconds one after the other. */
    @Test
    void aDelayHoldsUpNoOtherRequest() {
        Duration delay = Duration.ofMillis(300);
        new StubClient(server.endpoint()).delay(delay);

        long start = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> replies = IntStream.range(0, 20)
                .mapToObj(i -> http.sendAsync(request(server.endpoint(), "PutItem", "{}"), BodyHandlers.ofString()))
                .toList();
        replies.forEach(CompletableFuture::join);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isGreaterThanOrEqualTo(delay).isLessThan(delay.multipliedBy(20));
    }

    @Test
    void itSpeaksTls(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.in(folder);
        try (StubServer secure = StubServer.start(StubTable.DEFAULT, certificate.context())) {
            HttpClient trusting = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(certificate.context())
                    .build();
            String large = "{\"p\":\"" + "x".repeat(500_000) + "\",\"PutRequest\":{}}";

            for (int i = 0; i < 3; i++) {
                HttpResponse<String> reply = trusting.send(
                        request(Objects.requireNonNull(secure.secureEndpoint()), "BatchWriteItem", large),
                        BodyHandlers.ofString());
                assertThat(reply.body()).isEqualTo("{\"UnprocessedItems\":{}}");
            }

            assertThat(new StubClient(secure.endpoint()).counts().bytes()).isEqualTo(3L * large.length());
        }
    }

    private HttpResponse<String> ask(String operation, String body) {
        return http.sendAsync(request(server.endpoint(), operation, body), BodyHandlers.ofString())
                .join();
    }

    private static java.net.http.HttpRequest request(URI endpoint, String operation, String body) {
        return java.net.http.HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
