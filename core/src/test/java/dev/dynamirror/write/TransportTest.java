package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dynamirror.RawDynamoDb;
import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.SystemProperties;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.http.HttpSettings;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.MapRowEncoder;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.item.Tombstones;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.item.Versioning;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Both transports against one server: what they send, and what they make of its answers. */
final class TransportTest {

    private static final TableSpec TABLE = new TableSpec("t", new TableSpec.KeyPart("k", KeyType.S), null);
    private static final List<Change> ONE = List.of(Changes.put("a", 1));
    private static final String TYPE = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#";

    private static final Schema ALL = Schema.parse("k str, flag bool, count int, ratio float, name str, raw bytes,"
            + " local datetime_naive, at datetime_utc, note str?");

    enum Way {
        DIRECT,
        SDK;

        BatchTransport open(Connection connection, TableSpec table) {
            return switch (this) {
                case DIRECT -> BatchTransport.direct(connection, table);
                case SDK -> BatchTransport.sdk(connection, table);
            };
        }
    }

    private final SystemProperties properties = new SystemProperties();

    @BeforeEach
    void givesCredentials() {
        properties
                .set("aws.accessKeyId", "AKIDEXAMPLE")
                .set("aws.secretAccessKey", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                .clear("aws.sessionToken");
    }

    @AfterEach
    void takesThemBack() {
        properties.close();
    }

    @WithLocalDynamoDb
    @ParameterizedTest
    @EnumSource
    void bothPutAndDeleteTheSame(Way way, LocalDynamoDb database, @TableName String name) {
        TableSpec table = new TableSpec(name, new TableSpec.KeyPart("k", KeyType.S), null);
        RowEncoder<Map<String, ?>> encoder = MapRowEncoder.of(name, ALL, "k", null, UnstorableNumbers.BAD_ROW);
        try (Connection connection = connection(database.endpoint());
                BatchTransport transport = way.open(connection, table)) {
            new TablePreparer(connection.client()).prepare(table, InitMode.CREATE_IF_NOT_EXISTS);
            assertThat(transport.send(rows(encoder)).join()).isEqualTo(new BatchReply.Answered(Set.of(), 2));
            assertThat(lines(connection, name))
                    .containsExactly(
                            "{\"k\":{\"S\":\"a\"},\"at\":{\"S\":\"2025-01-17T00:00:00.000000001+0000\"},"
                                    + "\"count\":{\"N\":\"-9223372036854775808\"},\"flag\":{\"BOOL\":false},"
                                    + "\"local\":{\"S\":\"2025-01-17T00:00:00.000000000\"},"
                                    + "\"name\":{\"S\":\"\"},\"note\":{\"NULL\":true},\"ratio\":{\"N\":\"0.0000001\"},"
                                    + "\"raw\":{\"B\":\"\"}}",
                            "{\"k\":{\"S\":\"ü \\\"😀\\\" \\\\ \\n\"},"
                                    + "\"at\":{\"S\":\"9999-12-31T23:59:59.999999999+0000\"},"
                                    + "\"count\":{\"N\":\"7\"},\"flag\":{\"BOOL\":true},"
                                    + "\"local\":{\"S\":\"0000-01-01T00:00:00.000000000\"},"
                                    + "\"name\":{\"S\":\"\\u0000\u007f名\"},\"note\":{\"S\":\"n\"},"
                                    + "\"ratio\":{\"N\":\"1000000000000000000000\"},\"raw\":{\"B\":\"AP8=\"}}");
            assertThat(transport
                            .send(List.of(encoder.delete(row("a")), encoder.put(row("b"))))
                            .join())
                    .isEqualTo(new BatchReply.Answered(Set.of(), 2));
            assertThat(transport
                            .send(List.of(encoder.delete(row("b")), encoder.delete(row("never"))))
                            .join())
                    .isInstanceOfSatisfying(
                            BatchReply.Answered.class,
                            answered -> assertThat(answered.unprocessed()).isEmpty());
            assertThat(lines(connection, name)).hasSize(1);
        }
    }

    @Test
    void theDirectBodyIsTheOneThatTheSdkSends() {
        RowEncoder<Map<String, ?>> encoder = MapRowEncoder.of("t", ALL, "k", null, UnstorableNumbers.BAD_ROW);
        List<Change> changes = new ArrayList<>(rows(encoder));
        changes.add(encoder.delete(row("gone")));
        List<JsonNode> bodies = new ArrayList<>();
        for (Way way : Way.values()) {
            try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                    Connection connection = connection(server.endpoint());
                    BatchTransport transport = way.open(connection, TABLE)) {
                transport.send(changes).join();
                ScriptedDynamoDb.Request request = server.requests().get(0);
                bodies.add(JsonNode.parser().parse(request.body()));
                assertThat(request.headers())
                        .containsEntry("content-type", "application/x-amz-json-1.0")
                        .containsEntry("x-amz-target", "DynamoDB_20120810.BatchWriteItem")
                        .containsEntry(
                                "content-length",
                                Integer.toString(request.body().getBytes(StandardCharsets.UTF_8).length));
            }
        }
        assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
        assertThat(bodies.get(0)
                        .field("RequestItems")
                        .orElseThrow()
                        .field("t")
                        .orElseThrow()
                        .asArray())
                .hasSize(3);
    }

    static Stream<ChangeForm> requestsOfTheirOwn() {
        Tombstones tombstones = new Tombstones(Duration.ofDays(1), () -> Instant.ofEpochSecond(1_700_000_000));
        return Stream.of(
                ChangeForm.items(new Versioning("version", null, tombstones)),
                ChangeForm.items(new Versioning("version", null, null)),
                ChangeForm.columns(null),
                ChangeForm.columns(new Versioning("version", null, tombstones)),
                ChangeForm.columnsKeepingItems(null),
                ChangeForm.columnsKeepingItems(new Versioning("version", null, null)));
    }

    @ParameterizedTest
    @MethodSource
    void requestsOfTheirOwn(ChangeForm form) {
        Schema schema = Schema.parse("k str, version int, numbers list<int>, counts map<int>?, note str?");
        RowEncoder<Map<String, ?>> encoder = new RowEncoder<>(
                "t", MapRowEncoder.columns(schema, "k", null, form.versionColumn()), form, UnstorableNumbers.BAD_ROW);
        Map<String, Object> row = Map.of("k", "ü", "version", 7, "numbers", List.of(1, 2), "counts", Map.of("a", 3));
        List<List<Object>> requests = new ArrayList<>();
        for (Way way : Way.values()) {
            try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                    Connection connection = connection(server.endpoint());
                    BatchTransport transport = way.open(connection, TABLE)) {
                String capacity = "{\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":2.0}}";
                server.reply(200, capacity).reply(200, "{}");
                assertThat(transport.send(List.of(encoder.put(row))).join())
                        .isEqualTo(new BatchReply.Answered(Set.of(), 2));
                assertThat(transport.send(List.of(encoder.delete(row))).join())
                        .isEqualTo(new BatchReply.Answered(Set.of(), Double.NaN));
                requests.add(server.requests().stream()
                        .<Object>map(request ->
                                List.of(request.operation(), JsonNode.parser().parse(request.body())))
                        .toList());
            }
        }
        assertThat(requests.get(0)).hasSize(2).isEqualTo(requests.get(1));
    }

    static Stream<Arguments> conditionsThatFail() {
        String later = "{\"N\":\"1700000000001000000000001\"}";
        return Arrays.stream(Way.values())
                .flatMap(way -> Stream.of(
                        arguments(way, "dynamirror_version", "{\"N\":\"7\"}", new BatchReply.Overtaken(false)),
                        arguments(way, "dynamirror_version", later, new BatchReply.Overtaken(true)),
                        arguments(way, "changed", later, new BatchReply.Overtaken(false)),
                        arguments(
                                way,
                                "changed",
                                "{\"S\":\"7\"}",
                                new BatchReply.Invalid(
                                        "the item has the version \"changed\" as S, the row has it as N, and"
                                                + " DynamoDB compares versions of one type only; delete the item, or write to"
                                                + " another table")),
                        arguments(way, "changed", "", new BatchReply.Answered(Set.of(), Double.NaN))));
    }

    /** The condition of a change was false, and the item has this version; an empty one for no item. */
    @ParameterizedTest
    @MethodSource
    void conditionsThatFail(Way way, String attribute, String found, BatchReply expected) {
        Change change = new Change.Put(
                Changes.key("a"),
                ("{\"TableName\":\"t\",\"Item\":{\"k\":{\"S\":\"a\"}},\"ConditionExpression\":\"#v < :v\","
                                + "\"ExpressionAttributeNames\":{\"#v\":\"" + attribute
                                + "\"},\"ExpressionAttributeValues\":{\":v\":{\"N\":\"6\"}}}")
                        .getBytes(StandardCharsets.UTF_8),
                Change.Request.PUT_ITEM);
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            String item = found.isEmpty() ? "" : ",\"Item\":{\"" + attribute + "\":" + found + "}";
            server.reply(400, TYPE + "ConditionalCheckFailedException\",\"message\":\"no\"" + item + "}");
            assertThat(transport.send(List.of(change)).join()).isEqualTo(expected);
        }
    }

    static Stream<Arguments> replies() {
        return Arrays.stream(Way.values())
                .flatMap(way -> Stream.of(
                        arguments(way, 200, "{}", new BatchReply.Answered(Set.of(), Double.NaN)),
                        arguments(way, 200, "{\"UnprocessedItems\":{}}", new BatchReply.Answered(Set.of(), Double.NaN)),
                        arguments(
                                way,
                                200,
                                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"a\"},"
                                        + "\"v\":{\"S\":\"1\"}}}},{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"b\"}}}}]}}",
                                new BatchReply.Answered(Set.of(Changes.key("a"), Changes.key("b")), Double.NaN)),
                        arguments(
                                way,
                                200,
                                "{\"UnprocessedItems\":{\"other\":[{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"b\"}}}}]}}",
                                new BatchReply.Answered(Set.of(Changes.key("b")), Double.NaN)),
                        arguments(
                                way,
                                400,
                                TYPE + "ProvisionedThroughputExceededException\",\"message\":\"too fast\"}",
                                new BatchReply.Throttled("ProvisionedThroughputExceededException: too fast", Set.of())),
                        arguments(
                                way,
                                400,
                                "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"Message\":\"slow\"}",
                                new BatchReply.Throttled("ThrottlingException: slow", Set.of())),
                        arguments(
                                way,
                                400,
                                TYPE + "ThrottlingException\",\"message\":\"slow\",\"throttlingReasons\":["
                                        + "{\"reason\":\"TableWriteKeyRangeThroughputExceeded\","
                                        + "\"resource\":\"arn:aws:dynamodb:us-east-1:0:table/t\"},"
                                        + "{\"reason\":\"IndexWriteProvisionedThroughputExceeded\","
                                        + "\"resource\":\"arn:aws:dynamodb:us-east-1:0:table/t/index/by-name\"}]}",
                                new BatchReply.Throttled(
                                        "ThrottlingException: slow",
                                        Set.of(
                                                "TableWriteKeyRangeThroughputExceeded",
                                                "IndexWriteProvisionedThroughputExceeded of index by-name"))),
                        arguments(
                                way,
                                200,
                                "{\"UnprocessedItems\":{},\"ConsumedCapacity\":["
                                        + "{\"TableName\":\"t\",\"CapacityUnits\":7.5}]}",
                                new BatchReply.Answered(Set.of(), 7.5)),
                        arguments(
                                way,
                                400,
                                TYPE + "TransactionConflictException\",\"message\":\"in use\"}",
                                new BatchReply.Throttled("TransactionConflictException: in use", Set.of())),
                        arguments(
                                way,
                                400,
                                TYPE + "RequestLimitExceeded\",\"message\":\"quota\"}",
                                new BatchReply.Throttled("RequestLimitExceeded: quota", Set.of())),
                        arguments(
                                way,
                                400,
                                TYPE + "ReplicatedWriteConflictException\",\"message\":\"other region\"}",
                                new BatchReply.Throttled("ReplicatedWriteConflictException: other region", Set.of())),
                        arguments(
                                way,
                                503,
                                TYPE + "ThrottlingException\",\"message\":\"slow\"}",
                                new BatchReply.Throttled("ThrottlingException: slow", Set.of())),
                        arguments(
                                way,
                                500,
                                TYPE + "InternalServerError\",\"message\":\"oops\"}",
                                new BatchReply.Unknown("InternalServerError: oops")),
                        arguments(
                                way,
                                503,
                                TYPE + "ServiceUnavailable\",\"message\":\"later\"}",
                                new BatchReply.Unknown("ServiceUnavailable: later")),
                        arguments(
                                way,
                                400,
                                TYPE + "ValidationException\",\"message\":\"bad item\"}",
                                new BatchReply.Invalid("ValidationException: bad item")),
                        arguments(
                                way,
                                400,
                                TYPE + "AccessDeniedException\",\"Message\":\"not you\"}",
                                new BatchReply.Refused("AccessDeniedException: not you")),
                        arguments(
                                way,
                                400,
                                "{\"__type\":\"com.amazon.coral.service#ExpiredTokenException\",\"message\":\"old\"}",
                                new BatchReply.Expired("ExpiredTokenException: old")),
                        arguments(
                                way,
                                400,
                                TYPE + "ResourceNotFoundException\",\"message\":\"no table\"}",
                                new BatchReply.Refused("ResourceNotFoundException: no table"))));
    }

    @ParameterizedTest
    @MethodSource
    void replies(Way way, int status, String body, BatchReply expected) {
        assertThat(replyTo(way, server -> server.reply(status, body))).isEqualTo(expected);
    }

    static Stream<Arguments> repliesOfOthers() {
        String html = "<html><body>a proxy speaks</body></html>";
        return Arrays.stream(Way.values())
                .flatMap(way -> Stream.of(
                        arguments(way, 200, html, BatchReply.Unknown.class),
                        arguments(way, 200, "{\"UnprocessedItems\":{\"t\":[", BatchReply.Unknown.class),
                        arguments(way, 503, html, BatchReply.Unknown.class),
                        arguments(way, 503, "", BatchReply.Unknown.class),
                        arguments(way, 502, html, BatchReply.Unknown.class),
                        arguments(way, 408, html, BatchReply.Unknown.class),
                        arguments(way, 429, html, BatchReply.Throttled.class),
                        arguments(way, 413, html, BatchReply.Unknown.class),
                        arguments(way, 403, "", BatchReply.Unknown.class),
                        arguments(way, 404, "{}", BatchReply.Unknown.class),
                        arguments(way, 302, html, BatchReply.Unknown.class)));
    }

    @ParameterizedTest
    @MethodSource
    void repliesOfOthers(Way way, int status, String body, Class<? extends BatchReply> expected) {
        assertThat(replyTo(way, server -> server.reply(status, body))).isInstanceOf(expected);
    }

    @Test
    void theDirectTransportShowsWhatNobodyUnderstands() {
        assertThat(replyTo(Way.DIRECT, server -> server.reply(413, "<html>too large</html>")))
                .isEqualTo(new BatchReply.Unknown("HTTP status 413: <html>too large</html>"));
        assertThat(replyTo(Way.DIRECT, server -> server.reply(503, "")))
                .isEqualTo(new BatchReply.Unknown("HTTP status 503"));
        assertThat(replyTo(Way.DIRECT, server -> server.reply(200, "[]")))
                .isEqualTo(new BatchReply.Unknown("the reply can't be read: a reply to none of our requests:"
                        + " expected START_OBJECT, found START_ARRAY"));
        assertThat(
                        replyTo(
                                Way.DIRECT,
                                server -> server.reply(
                                        200,
                                        "{\"UnprocessedItems\":{\"t\":[{\"DeleteRequest\":{\"Key\":{\"k\":{\"X\":\"b\"}}}}]}}")))
                .isInstanceOf(BatchReply.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsClosedWithoutAReplyLeavesTheOutcomeUnknown(Way way) {
        assertThat(replyTo(way, server -> server.reply(exchange -> exchange.close())))
                .isInstanceOf(BatchReply.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatEndsTooSoonLeavesTheOutcomeUnknown(Way way) {
        assertThat(replyTo(
                        way,
                        server -> server.reply(exchange -> {
                            exchange.sendResponseHeaders(200, 1000);
                            exchange.getResponseBody().write('{');
                            exchange.getResponseBody().flush();
                            exchange.close();
                        })))
                .isInstanceOf(BatchReply.Unknown.class);
    }

    /** The SDK does not tell whether something was sent. */
    @ParameterizedTest
    @EnumSource
    void withNobodyThereOnlyTheDirectTransportKnowsThatNothingWasSent(Way way) throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Connection connection = connection(nobody);
                BatchTransport transport = way.open(connection, TABLE)) {
            assertThat(transport.send(ONE).join())
                    .isInstanceOf(way == Way.DIRECT ? BatchReply.NotSent.class : BatchReply.Unknown.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherTriesAgainByItself(Way way) {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            server.reply(500, "{}").reply(exchange -> exchange.close());
            transport.send(ONE).join();
            transport.send(ONE).join();
            assertThat(server.requests()).hasSize(2);
            assertThat(transport.send(ONE).join()).isEqualTo(new BatchReply.Answered(Set.of(), Double.NaN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsGoAtOnce(Way way) {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            List<CompletableFuture<BatchReply>> replies = Stream.generate(() -> transport.send(ONE))
                    .limit(BatchTransport.MAX_REQUESTS)
                    .toList();
            assertThat(replies)
                    .allSatisfy(
                            reply -> assertThat(reply.join()).isEqualTo(new BatchReply.Answered(Set.of(), Double.NaN)));
        }
    }

    /** The request went on in secret, beside the one that was sent in its place. */
    @Test
    void aRequestThatTakesTooLongIsOverOnBothSides() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = connection(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
                BatchTransport transport = new CredentialedTransport(
                        connection.credentials(),
                        new DirectTransport(
                                connection,
                                TABLE,
                                HttpSettings.of(1).withLongestRequest(Duration.ofMillis(300)),
                                InstantSource.system()))) {
            CompletableFuture<BatchReply> reply = transport.send(ONE);
            try (Socket accepted = silent.accept()) {
                InputStream in = accepted.getInputStream();
                assertThat(reply.get(20, TimeUnit.SECONDS))
                        .isEqualTo(new BatchReply.Unknown(
                                "no reply from " + connection.endpoint() + ": it took longer than 0.3 s"));
                accepted.setSoTimeout(20_000);
                // Ends when the other side closes the connection.
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("POST / HTTP/1.1\r\n");
            }
        }
    }

    /** The server refuses what is signed more than five minutes off its own time, as DynamoDB does. */
    @ParameterizedTest
    @CsvSource({"DIRECT,20", "DIRECT,-20", "SDK,20", "SDK,-20"})
    void aClockThatIsOffIsCorrectedByTheDateOfTheReply(Way way, int minutes) throws IOException {
        Duration ahead = Duration.ofMinutes(minutes);
        CountDownLatch allCame = new CountDownLatch(10);
        Function<Map<String, String>, String> replies = headers -> {
            allCame.countDown();
            awaitZero(allCame);
            return replyAt(Instant.now().plus(ahead), headers);
        };
        try (RawDynamoDb server = new RawDynamoDb(replies);
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            // Those that were on their way before the first reply came, too.
            assertThat(answers(transport, 10))
                    .allSatisfy(reply -> assertThat(reply)
                            .isInstanceOfSatisfying(
                                    BatchReply.NotSent.class,
                                    notSent -> assertThat(notSent.error())
                                            .startsWith("InvalidSignatureException: Signature expired")));
            assertThat(answers(transport, 10)).containsOnly(new BatchReply.Answered(Set.of(), Double.NaN));
        }
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<BatchReply> answers(BatchTransport transport, int requests) {
        List<CompletableFuture<BatchReply>> replies =
                Stream.generate(() -> transport.send(ONE)).limit(requests).toList();
        return replies.stream().map(CompletableFuture::join).toList();
    }

    private static String replyAt(Instant now, Map<String, String> headers) {
        Instant signedAt = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .parse(headers.getOrDefault("x-amz-date", ""), Instant::from);
        String date = "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC));
        return Duration.between(signedAt, now).abs().compareTo(Duration.ofMinutes(5)) > 0
                ? RawDynamoDb.reply(
                        400,
                        "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\","
                                + "\"message\":\"Signature expired: … is now earlier than …\"}",
                        date)
                : RawDynamoDb.reply(200, "{}", date);
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureThatIsWrongForAnotherReasonIsRefused(Way way) {
        assertThat(replyTo(
                        way,
                        server -> server.reply(
                                400,
                                "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\","
                                        + "\"message\":\"The request signature we calculated does not match\"}")))
                .isEqualTo(new BatchReply.Refused(
                        "InvalidSignatureException: The request signature we calculated does not match"));
    }

    /** The SDK does not look at the checksums of errors; ours does. */
    @ParameterizedTest
    @CsvSource({"DIRECT,200", "SDK,200", "DIRECT,400"})
    void aReplyWithAnotherChecksumIsLost(Way way, int status) throws IOException {
        String body = "{\"__type\":\"x#ValidationException\"}";
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        assertThat(replyTo(way, RawDynamoDb.reply(status, body, "x-amz-crc32: " + crc.getValue())))
                .isNotInstanceOf(BatchReply.Unknown.class);
        assertThat(replyTo(way, RawDynamoDb.reply(status, body, "x-amz-crc32: " + (crc.getValue() ^ 1))))
                .isInstanceOf(BatchReply.Unknown.class);
    }

    /** The CRC-32 of {@code 123456789} is the check value of its definition: CBF43926. */
    @Test
    void theDirectTransportSaysBothChecksums() throws IOException {
        assertThat(replyTo(Way.DIRECT, RawDynamoDb.reply(200, "123456789", "x-amz-crc32: 7")))
                .isEqualTo(new BatchReply.Unknown("the reply has the checksum 3421780262, and should have 7"));
    }

    private static BatchReply replyTo(Way way, String raw) throws IOException {
        try (RawDynamoDb server = new RawDynamoDb(headers -> raw);
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            return transport.send(ONE).join();
        }
    }

    @Test
    void theSignatureIsRightForWhatArrives() throws GeneralSecurityException {
        properties.set("aws.sessionToken", "a+session/token==");
        ScriptedDynamoDb.Request request = requestOf(Way.DIRECT);
        assertThat(request.headers()).containsEntry("x-amz-security-token", "a+session/token==");
        assertSigned(request, "content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target");
    }

    @Test
    void theSignatureIsRightWithoutASessionToken() throws GeneralSecurityException {
        ScriptedDynamoDb.Request request = requestOf(Way.DIRECT);
        assertThat(request.headers()).doesNotContainKey("x-amz-security-token");
        assertSigned(request, "content-type", "host", "x-amz-date", "x-amz-target");
        // The same check says yes to what the SDK itself signs.
        assertSigned(requestOf(Way.SDK), "host", "x-amz-date", "x-amz-target");
    }

    /** Computes the signature from what arrived, by the book of Signature Version 4. */
    private static void assertSigned(ScriptedDynamoDb.Request request, String... atLeast)
            throws GeneralSecurityException {
        Map<String, String> headers = request.headers();
        String date = headers.getOrDefault("x-amz-date", "");
        assertThat(date).matches("\\d{8}T\\d{6}Z");
        String scope = date.substring(0, 8) + "/eu-west-3/dynamodb/aws4_request";
        String authorization = headers.getOrDefault("authorization", "");
        assertThat(authorization)
                .matches("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + scope
                        + ", SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}");
        String signed = authorization.replaceAll(".*SignedHeaders=([^,]+),.*", "$1");
        List<String> names = Pattern.compile(";").splitAsStream(signed).toList();
        assertThat(names).contains(atLeast).isSorted();
        String canonical = "POST\n/\n\n"
                + names.stream()
                        .map(name -> name + ":" + headers.get(name) + "\n")
                        .collect(Collectors.joining())
                + "\n" + signed + "\n" + sha256(request.body());
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical);
        byte[] key = "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date.substring(0, 8), "eu-west-3", "dynamodb", "aws4_request")) {
            key = hmac(key, part);
        }
        assertThat(authorization).endsWith("Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ScriptedDynamoDb.Request requestOf(Way way) {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            transport.send(List.of(Changes.put("ü", 1), Changes.delete("b"))).join();
            return server.requests().get(0);
        }
    }

    private static BatchReply replyTo(Way way, java.util.function.Consumer<ScriptedDynamoDb> script) {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = connection(server.endpoint());
                BatchTransport transport = way.open(connection, TABLE)) {
            script.accept(server);
            return transport.send(ONE).join();
        }
    }

    private static List<Change> rows(RowEncoder<Map<String, ?>> encoder) {
        return List.of(
                encoder.put(row("a")),
                encoder.put(Map.of(
                        "k",
                        "ü \"😀\" \\ \n",
                        "flag",
                        true,
                        "count",
                        7,
                        "ratio",
                        1e21,
                        "name",
                        "\u0000\u007f名",
                        "raw",
                        new byte[] {0, -1},
                        "local",
                        LocalDateTime.of(0, 1, 1, 0, 0),
                        "at",
                        Instant.parse("9999-12-31T23:59:59.999999999Z"),
                        "note",
                        "n")));
    }

    private static Map<String, ?> row(String key) {
        return Map.of(
                "k",
                key,
                "flag",
                false,
                "count",
                Long.MIN_VALUE,
                "ratio",
                1e-7,
                "name",
                "",
                "raw",
                new byte[0],
                "local",
                LocalDateTime.of(2025, 1, 17, 0, 0),
                "at",
                Instant.parse("2025-01-17T00:00:00.000000001Z"));
    }

    private static List<String> lines(Connection connection, String table) {
        TableScan scan = TableScan.of(connection, table);
        return scan.items().stream()
                .map(item -> ItemJson.DYNAMODB.line(scan.table(), item))
                .toList();
    }

    private static Connection connection(URI endpoint) {
        return Connection.open(new ConnectionSettings(endpoint, "eu-west-3"));
    }
}
