package dev.dynamirror.testkit.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FaultyDynamoDbTest {

    private static final String EMPTY = "{}";

    private final FaultyDynamoDb db = FaultyDynamoDb.start();
    private final RawClient client = new RawClient(db.endpoint());

    @BeforeEach
    void makeTable() throws IOException {
        ok("CreateTable", createTable("Live"));
    }

    @AfterEach
    void stop() {
        db.close();
    }

    @Test
    void keepsItemsAndTheirHistory() throws IOException {
        ok("PutItem", put("a", "1.50"));
        ok("PutItem", put("a", "2"));
        ok("DeleteItem", key("a"));
        ok("DeleteItem", key("a"));

        assertThat(db.history("Live").stream().map(FaultyDynamoDbTest::line))
                .containsExactly(
                        "0 PutItem {\"k\":{\"S\":\"a\"}}: null -> {\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1.5\"}} 1.0",
                        "1 PutItem {\"k\":{\"S\":\"a\"}}: {\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1.5\"}}"
                                + " -> {\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}} 1.0",
                        "2 DeleteItem {\"k\":{\"S\":\"a\"}}: {\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}} -> null 1.0",
                        "3 DeleteItem {\"k\":{\"S\":\"a\"}}: null -> null 1.0");
        assertThat(db.items("Live")).isEmpty();
        assertThat(db.consumedWriteUnits()).isEqualTo(4);
        assertThat(db.appliedWrites()).isEqualTo(4);
        assertThat(db.requests("PutItem")).isEqualTo(2);
    }

    @Test
    void withoutHistoryWritesAreCounted() throws IOException {
        db.keepHistory(false);
        ok("PutItem", put("a", "1"));
        assertThat(db.history()).isEmpty();
        assertThat(db.appliedWrites()).isEqualTo(1);
        assertThat(db.consumption())
                .singleElement()
                .extracting(Consumption::writeUnits)
                .isEqualTo(1.0);
        db.clearHistory();
        assertThat(db.appliedWrites()).isZero();
        assertThat(db.requests()).isEmpty();
    }

    @Test
    void leavesAShareOfABatchUnprocessed() throws IOException {
        db.nextRequests(Fault.unprocessed(0.4));
        JsonNode reply = ok("BatchWriteItem", batch(10));
        assertThat(reply.at("/UnprocessedItems/Live")).hasSize(4);
        assertThat(db.items("Live")).hasSize(6);
        assertThat(ok("BatchWriteItem", batch(10)).toString()).isEqualTo("{\"UnprocessedItems\":{}}");
        assertThat(db.items("Live")).hasSize(10);
    }

    @Test
    void throttlesWithEachOfTheExceptions() throws IOException {
        db.nextRequests(
                Fault.THROTTLE,
                Fault.THROTTLING_EXCEPTION,
                Fault.REQUEST_LIMIT,
                Fault.throttledByIndex("ThrottlingException", "Live", "ByName"));
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("ThrottlingException");
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("RequestLimitExceeded");
        RawClient.Answer answer = client.send("PutItem", put("a", "1"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("throttlingReasons").toString())
                .isEqualTo("[{\"reason\":\"IndexWriteProvisionedThroughputExceeded\",\"resource\":"
                        + "\"arn:aws:dynamodb:us-east-1:000000000000:table/Live/index/ByName\"}]");
        assertThat(db.history()).isEmpty();
    }

    @Test
    void failsBeforeAndAfterApplying() throws IOException {
        db.nextRequests(Fault.INTERNAL_ERROR, Fault.UNAVAILABLE);
        assertThat(client.send("PutItem", put("a", "1")).status()).isEqualTo(500);
        assertThat(client.send("PutItem", put("a", "1")).status()).isEqualTo(503);
        assertThat(db.history()).isEmpty();
        db.nextRequests(Fault.INTERNAL_ERROR_APPLIED);
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("InternalServerError");
        assertThat(db.history()).hasSize(1);
    }

    @Test
    void closesTheConnectionBeforeAndAfterApplying() {
        db.nextRequests(Fault.CLOSED_BEFORE, Fault.CLOSED_AFTER, Fault.HALF_REPLY);
        lost(put("a", "1"));
        assertThat(db.items("Live")).isEmpty();
        lost(put("b", "1"));
        assertThat(db.items("Live")).hasSize(1);
        lost(put("c", "1"));
        assertThat(db.items("Live")).hasSize(2);
    }

    @Test
    void appliesLateWhatTheClientBelievesLost() throws IOException {
        db.nextRequests(Fault.LATE);
        lost(put("a", "1"));
        ok("PutItem", put("a", "2"));
        assertThat(db.heldBack()).isEqualTo(1);
        assertThat(db.applyLate()).isEqualTo(1);
        assertThat(db.items("Live")).singleElement().hasToString("{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}");
        assertThat(db.heldBack()).isZero();
    }

    @Test
    void appliesLateAfterATime() throws Exception {
        db.nextRequests(Fault.late(Duration.ofMillis(200)));
        lost(put("a", "1"));
        ok("PutItem", put("a", "2"));
        while (db.heldBack() > 0) {
            Thread.onSpinWait();
        }
        assertThat(db.items("Live")).singleElement().hasToString("{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}");
    }

    @Test
    void delaysAReply() throws IOException {
        db.nextRequests(Fault.delay(Duration.ofMillis(50), Duration.ofMillis(60)));
        long start = System.nanoTime();
        ok("PutItem", put("a", "1"));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000L);
    }

    @Test
    void refusesWhatTheTestPicks() throws IOException {
        db.refuse(item -> item.at("/n/N").asText().equals("7"));
        RawClient.Answer answer = client.send("BatchWriteItem", batch(10));
        assertThat(answer.code()).isEqualTo("ValidationException");
        assertThat(db.history()).isEmpty();
        ok("BatchWriteItem", batch(7));
    }

    @Test
    void aRequestHas16MegabytesAtMost() throws IOException {
        int rest = (16 << 20) - batch(1).length();
        ok("BatchWriteItem", batch(1) + " ".repeat(rest));
        assertThat(client.send("BatchWriteItem", batch(1) + " ".repeat(rest + 1))
                        .code())
                .isEqualTo("ValidationException");
    }

    @Test
    void partitionsTakeSoManyWriteUnits() throws IOException {
        db.partitions(1, 0, 6);
        JsonNode reply = ok("BatchWriteItem", batch(10));
        assertThat(reply.at("/UnprocessedItems/Live")).hasSize(4);
        assertThat(db.items("Live")).hasSize(6);
        assertThat(client.send("BatchWriteItem", batch(3)).code()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("ProvisionedThroughputExceededException");
        db.unlimited();
        ok("BatchWriteItem", batch(3));
    }

    @Test
    void aHotPartitionDoesNotStopTheOthers() throws IOException {
        db.partitions(4, 0, 1);
        List<String> throttled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (client.send("PutItem", put("k" + i, "1")).status() != 200) {
                throttled.add("k" + i);
            }
        }
        assertThat(throttled).hasSize(96);
    }

    @Test
    void anOutageThrottlesReadsToo() throws IOException {
        db.throttleEverything(true);
        assertThat(client.send("PutItem", put("a", "1")).code()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(client.send("Scan", "{\"TableName\":\"Live\"}").code())
                .isEqualTo("ProvisionedThroughputExceededException");
        db.throttleEverything(false);
        ok("PutItem", put("a", "1"));
    }

    @Test
    void hangsUntilTold() throws Exception {
        db.hang(true);
        CompletableFuture<JsonNode> reply = CompletableFuture.supplyAsync(() -> {
            try {
                return ok("PutItem", put("a", "1"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        while (db.requests("PutItem") == 0) {
            Thread.onSpinWait();
        }
        assertThat(reply).isNotDone();
        assertThat(db.history()).isEmpty();
        db.hang(false);
        assertThat(reply.get()).hasToString(EMPTY);
    }

    @Test
    void refusesConnections() throws IOException {
        db.refuseConnections(true);
        lost(put("a", "1"));
        db.refuseConnections(false);
        ok("PutItem", put("a", "1"));
    }

    @Test
    void randomFaultsAreInTheSeed() throws IOException {
        Faults faults = Faults.seeded(42).with(Fault.THROTTLE, 0.3).with(Fault.INTERNAL_ERROR, 0.2);
        db.faults(faults);
        List<Integer> once = statuses(200);
        db.clearHistory();
        assertThat(statuses(200)).isEqualTo(once);
        assertThat(once.stream().filter(status -> status == 400).count()).isBetween(40L, 80L);
        assertThat(once.stream().filter(status -> status == 500).count()).isBetween(20L, 60L);
        ok("Scan", "{\"TableName\":\"Live\"}");
    }

    @Test
    void faultsMayLookAtTheRequest() throws IOException {
        db.faults(request -> request.number() == 1 ? Fault.THROTTLE : Fault.NONE);
        assertThat(statuses(3)).containsExactly(200, 400, 200);
        Faults always = request -> Fault.UNAVAILABLE;
        db.faults(always.on("Scan"));
        assertThat(statuses(1)).containsExactly(200);
        assertThat(client.send("Scan", "{\"TableName\":\"Live\"}").status()).isEqualTo(503);
    }

    @Test
    void accessKeysExpire() throws IOException {
        client.signWith("AKID1");
        ok("PutItem", put("a", "1"));
        db.expireAccessKey("AKID1");
        RawClient.Answer answer = client.send("PutItem", put("a", "1"));
        assertThat(answer.body().path("__type").asText()).isEqualTo("com.amazon.coral.service#ExpiredTokenException");
        client.signWith("AKID2");
        ok("PutItem", put("a", "1"));
    }

    @Test
    void tablesAreCreatingAndDeletingForAWhile() throws Exception {
        db.creating(Duration.ofHours(1));
        ok("CreateTable", createTable("Slow"));
        assertThat(ok("DescribeTable", table("Slow")).at("/Table/TableStatus").asText())
                .isEqualTo("CREATING");
        assertThat(client.send("Scan", table("Slow")).code()).isEqualTo("ResourceNotFoundException");
        assertThat(client.send("DeleteTable", table("Slow")).code()).isEqualTo("ResourceInUseException");
        db.deleting(Duration.ofMillis(100));
        assertThat(ok("DeleteTable", table("Live"))
                        .at("/TableDescription/TableStatus")
                        .asText())
                .isEqualTo("DELETING");
        assertThat(client.send("CreateTable", createTable("Live")).code()).isEqualTo("ResourceInUseException");
        while (client.send("DescribeTable", table("Live")).status() == 200) {
            Thread.onSpinWait();
        }
        assertThat(ok("ListTables", EMPTY).toString()).isEqualTo("{\"TableNames\":[\"Slow\"]}");
    }

    @Test
    void scansInPagesAndSegments() throws IOException {
        for (int i = 0; i < 40; i++) {
            ok("PutItem", put("k" + i, "1"));
        }
        List<String> seen = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            String start = "";
            do {
                JsonNode page = ok(
                        "Scan",
                        "{\"TableName\":\"Live\",\"Limit\":4,\"TotalSegments\":3,\"Segment\":" + segment + start + "}");
                page.path("Items").forEach(item -> seen.add(item.at("/k/S").asText()));
                start = page.has("LastEvaluatedKey") ? ",\"ExclusiveStartKey\":" + page.path("LastEvaluatedKey") : "";
            } while (!start.isEmpty());
        }
        assertThat(seen).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void givesCredentialsAsAContainerDoes() throws Exception {
        db.giveAccessKey("AKID7", Duration.ofMinutes(5));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(db.credentialsEndpoint()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.body())
                .startsWith(
                        "{\"AccessKeyId\":\"AKID7\",\"SecretAccessKey\":\"secret\",\"Token\":\"token\",\"Expiration\":\"");
    }

    @Test
    void anUpdateIsOneWrite() throws IOException {
        ok(
                "UpdateItem",
                "{\"TableName\":\"Live\",\"Key\":{\"k\":{\"S\":\"a\"}},\"UpdateExpression\":\"SET n = :n\","
                        + "\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}}");
        assertThat(db.history("Live").stream().map(FaultyDynamoDbTest::line))
                .containsExactly(
                        "0 UpdateItem {\"k\":{\"S\":\"a\"}}: null -> {\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}} 1.0");
    }

    @Test
    void aFalseConditionCostsButWritesNothing() throws IOException {
        String put = put("a", "1").replace("}}}", "}},\"ConditionExpression\":\"attribute_not_exists(k)\"}");
        ok("PutItem", put);
        assertThat(client.send("PutItem", put).code()).isEqualTo("ConditionalCheckFailedException");
        assertThat(db.appliedWrites()).isEqualTo(1);
        assertThat(db.consumedWriteUnits()).isEqualTo(2);
        assertThat(db.mostWriteUnitsWithin(Duration.ofHours(1))).isEqualTo(2);
    }

    /** Far fewer than it can, so that a busy machine does not fail the test; the number is printed. */
    @Test
    void takesManyItems() throws IOException {
        db.keepHistory(false);
        long start = System.nanoTime();
        for (int i = 0; i < 400; i++) {
            ok("BatchWriteItem", batch(25).replace("\"k", "\"" + i + "-k").replace("{\"" + i + "-k\"", "{\"k\""));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("FaultyDynamoDb: %.0f items a second from one connection%n", 10_000 / seconds);
        assertThat(db.items("Live")).hasSize(10_000);
        assertThat(seconds).isLessThan(20);
    }

    private List<Integer> statuses(int requests) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            statuses.add(client.send("PutItem", put("a", "1")).status());
        }
        return statuses;
    }

    private JsonNode ok(String operation, String json) throws IOException {
        RawClient.Answer answer = client.send(operation, json);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void lost(String put) {
        assertThatThrownBy(() -> client.send("PutItem", put)).isInstanceOf(IOException.class);
    }

    private static String line(AppliedWrite write) {
        return write.number() + " " + write.operation() + " " + write.key() + ": " + write.before() + " -> "
                + write.after() + " " + write.writeUnits();
    }

    private static String createTable(String name) {
        return "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\","
                + "\"AttributeDefinitions\":[{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]}";
    }

    private static String table(String name) {
        return "{\"TableName\":\"" + name + "\"}";
    }

    private static String put(String key, String number) {
        return "{\"TableName\":\"Live\",\"Item\":{\"k\":{\"S\":\"" + key + "\"},\"n\":{\"N\":\"" + number + "\"}}}";
    }

    private static String key(String key) {
        return "{\"TableName\":\"Live\",\"Key\":{\"k\":{\"S\":\"" + key + "\"}}}";
    }

    private static String batch(int items) {
        return IntStream.range(0, items)
                .mapToObj(i -> "{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"k" + i + "\"},\"n\":{\"N\":\"" + i + "\"}}}}")
                .collect(Collectors.joining(",", "{\"RequestItems\":{\"Live\":[", "]}}"));
    }
}
