package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.ManualClock;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends the requests of every form as they are, one by one, and looks what has become of the item. */
@WithLocalDynamoDb
final class ChangeFormOnDynamoDbLocalTest {

    private static final String DONE = "done";
    private static final String REFUSED = "ConditionalCheckFailedException";
    private static final Schema SCHEMA = Schema.parse("id int, v int, name str?");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalDynamoDb database;
    private final String table;
    private final Connection connection;
    private final ManualClock clock = new ManualClock();
    private final Tombstones tombstones = new Tombstones(Duration.ofDays(1), clock);

    ChangeFormOnDynamoDbLocalTest(LocalDynamoDb database, @TableName String table) {
        this.database = database;
        this.table = table;
        this.connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
    }

    @BeforeEach
    void create() {
        new TablePreparer(connection.client())
                .prepare(
                        new TableSpec(table, new TableSpec.KeyPart("id", KeyType.N), null),
                        InitMode.CREATE_IF_NOT_EXISTS);
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void anOlderPutIsRefused() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        assertThat(send(encoder.put(row(2, "new")))).isEqualTo(DONE);
        assertThat(send(encoder.put(row(1, "old")))).isEqualTo(REFUSED);
        assertThat(send(encoder.put(row(2, "again")))).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("id=1 name=new v=2");
        assertThat(send(encoder.put(row(10, "newer")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 name=newer v=10");
    }

    @Test
    void aTombstoneBeatsLatePutsAndNewerPutsBeatIt() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        Change late = encoder.put(row(2, "late"));
        assertThat(send(encoder.put(row(3, "there")))).isEqualTo(DONE);
        assertThat(send(encoder.delete(row(2, "older")))).isEqualTo(REFUSED);
        assertThat(send(encoder.delete(row(3, "there")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("dynamirror_deleted=true dynamirror_expires=1767312000 id=1 v=3");
        assertThat(send(encoder.delete(row(3, "there")))).isEqualTo(DONE);
        assertThat(send(late)).isEqualTo(REFUSED);
        assertThat(send(encoder.put(row(3, "there")))).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("dynamirror_deleted=true dynamirror_expires=1767312000 id=1 v=3");
        assertThat(send(encoder.put(row(4, "back")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 name=back v=4");
    }

    @Test
    void aDeleteOfWhatIsNotThereLeavesATombstone() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        assertThat(send(encoder.delete(row(3, null)))).isEqualTo(DONE);
        assertThat(send(encoder.put(row(2, "late")))).isEqualTo(REFUSED);
    }

    @Test
    void aDeleteMayLeaveNothing() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(null)));
        assertThat(send(encoder.delete(row(1, null)))).isEqualTo(DONE);
        assertThat(send(encoder.put(row(3, "there")))).isEqualTo(DONE);
        assertThat(send(encoder.delete(row(2, null)))).isEqualTo(REFUSED);
        assertThat(send(encoder.delete(row(3, null)))).isEqualTo(DONE);
        assertThat(item()).isEmpty();
        assertThat(send(encoder.put(row(2, "late")))).isEqualTo(DONE);
    }

    @Test
    void theMirrorsOwnVersionsOrderWhatItHasEncoded() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(own(tombstones)));
        Change first = encoder.put(row(9, "first"));
        Change second = encoder.put(row(1, "second"));
        Change third = encoder.delete(row(0, null));
        assertThat(send(second)).isEqualTo(DONE);
        assertThat(send(second)).isEqualTo(REFUSED);
        assertThat(send(first)).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600000000000000002 id=1 name=second v=1");
        assertThat(send(third)).isEqualTo(DONE);
        assertThat(send(third)).isEqualTo(DONE);
        assertThat(send(first)).isEqualTo(REFUSED);
        clock.advance(Duration.ofMillis(1));
        Change afterARestart = encoder(ChangeForm.items(own(tombstones))).put(row(1, "restarted"));
        assertThat(send(afterARestart)).isEqualTo(DONE);
        assertThat(send(encoder.put(row(2, "of the old writer")))).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600001000000000001 id=1 name=restarted v=1");
    }

    @Test
    void anItemWithoutAVersionIsTheOldest() {
        put(Map.of("id", AttributeValue.fromN("1"), "foreign", AttributeValue.fromS("x")));
        assertThat(send(encoder(ChangeForm.items(own(tombstones))).put(row(1, "a"))))
                .isEqualTo(DONE);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600000000000000001 id=1 name=a v=1");
    }

    @Test
    void mergingKeepsWhatIsNotTheMirrors() {
        foreign();
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columns(null));
        assertThat(send(encoder.put(row(1, "a")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("foreign=x id=1 name=a v=1");
        assertThat(send(encoder.put(row(0, null)))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("foreign=x id=1 name=null v=0");
        assertThat(send(encoder.delete(row(0, null)))).isEqualTo(DONE);
        assertThat(item()).isEmpty();
        assertThat(send(encoder.put(row(1, "new")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 name=new v=1");
    }

    @Test
    void aDeleteMayKeepWhatIsNotTheMirrors() {
        foreign();
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columnsKeepingItems(null));
        send(encoder.put(row(1, "a")));
        assertThat(send(encoder.delete(row(1, "a")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("foreign=x id=1");
        assertThat(send(encoder.delete(row(1, "a")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("foreign=x id=1");
        connection.client().deleteItem(request -> request.tableName(table).key(key()));
        assertThat(send(encoder.delete(row(1, "a")))).isEqualTo(REFUSED);
        assertThat(item()).isEmpty();
    }

    @Test
    void aKeyAloneIsMergedAsAnItem() {
        Schema key = Schema.parse("id int");
        RowEncoder<Map<String, ?>> encoder = encoder(key, ChangeForm.columnsKeepingItems(null));
        assertThat(send(encoder.put(Map.of("id", 1)))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1");
        foreign();
        assertThat(send(encoder.put(Map.of("id", 1)))).isEqualTo(DONE);
        assertThat(send(encoder.delete(Map.of("id", 1)))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("foreign=x id=1");
    }

    @Test
    void mergingByVersionsKeepsWhatIsNotTheMirrors() {
        foreign();
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columns(column(tombstones)));
        assertThat(send(encoder.put(row(2, "new")))).isEqualTo(DONE);
        assertThat(send(encoder.put(row(1, "old")))).isEqualTo(REFUSED);
        assertThat(send(encoder.put(row(2, "again")))).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("foreign=x id=1 name=new v=2");
        assertThat(send(encoder.delete(row(2, null)))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("dynamirror_deleted=true dynamirror_expires=1767312000 id=1 v=2");
        assertThat(send(encoder.put(row(2, "again")))).isEqualTo(REFUSED);
        // The marks of the tombstone have to go, or readers and the TTL would take the item for one.
        assertThat(send(encoder.put(row(3, "back")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 name=back v=3");
    }

    @Test
    void mergingByTheMirrorsOwnVersions() {
        foreign();
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columnsKeepingItems(own(tombstones)));
        Change late = encoder.put(row(7, "late"));
        assertThat(send(encoder.put(row(1, "a")))).isEqualTo(DONE);
        assertThat(send(late)).isEqualTo(REFUSED);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600000000000000002 foreign=x id=1 name=a v=1");
        assertThat(send(encoder.delete(row(1, "a")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600000000000000003 foreign=x id=1");
        assertThat(send(late)).isEqualTo(REFUSED);
    }

    @Test
    void aVersionedDeleteThatKeepsItemsLeavesTheVersion() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columnsKeepingItems(column(tombstones)));
        send(encoder.put(row(2, "a")));
        assertThat(send(encoder.delete(row(1, "a")))).isEqualTo(REFUSED);
        assertThat(send(encoder.delete(row(2, "a")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 v=2");
        assertThat(send(encoder.put(row(2, "a")))).isEqualTo(REFUSED);
        assertThat(send(encoder.put(row(3, "b")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 name=b v=3");
        connection.client().deleteItem(request -> request.tableName(table).key(key()));
        assertThat(send(encoder.delete(row(4, "b")))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("id=1 v=4");
    }

    @Test
    void aKeyAloneIsMergedByVersions() {
        RowEncoder<Map<String, ?>> encoder =
                encoder(Schema.parse("id int"), ChangeForm.columnsKeepingItems(own(tombstones)));
        assertThat(send(encoder.put(Map.of("id", 1)))).isEqualTo(DONE);
        assertThat(send(encoder.delete(Map.of("id", 1)))).isEqualTo(DONE);
        assertThat(item()).isEqualTo("dynamirror_version=1767225600000000000000002 id=1");
    }

    @Test
    void versionsOfEveryTypeAreOrdered() {
        Map<String, List<Object>> ascending = Map.of(
                "int", List.of(-5, 0, 9, 10),
                "float", List.of(-1.5, -0.0, 0.5, 10.0),
                "decimal(10, 2)", List.of(new BigDecimal("-1.5"), new BigDecimal("10.01")),
                "duration", List.of(Duration.ofNanos(-1), Duration.ofNanos(9), Duration.ofDays(1)),
                "str", List.of("", "A", "B", "a", "ü", "😀"),
                "datetime_naive",
                        List.of(
                                LocalDateTime.parse("0001-01-01T00:00"),
                                LocalDateTime.parse("2026-01-01T00:00:00.000000001")),
                "datetime_utc", List.of(Instant.parse("1969-01-01T00:00:00.5Z"), Instant.parse("2026-01-01T00:00:00Z")),
                "date",
                        List.of(
                                LocalDate.parse("0999-12-31"),
                                LocalDate.parse("2026-01-09"),
                                LocalDate.parse("2026-01-10")),
                "time",
                        List.of(
                                LocalTime.parse("09:00"),
                                LocalTime.parse("10:00"),
                                LocalTime.parse("10:00:00.5"),
                                LocalTime.parse("10:00:01")));
        ascending.forEach((type, versions) -> {
            connection.client().deleteItem(request -> request.tableName(table).key(key()));
            RowEncoder<Map<String, ?>> encoder =
                    encoder(Schema.parse("id int, v " + type), ChangeForm.items(column(tombstones)));
            for (int i = 0; i < versions.size(); i++) {
                assertThat(send(encoder.put(Map.of("id", 1, "v", versions.get(i)))))
                        .as(type + " " + versions.get(i))
                        .isEqualTo(DONE);
                for (int j = 0; j <= i; j++) {
                    assertThat(send(encoder.put(Map.of("id", 1, "v", versions.get(j)))))
                            .as(type + " " + versions.get(j))
                            .isEqualTo(REFUSED);
                }
            }
        });
    }

    @Test
    void asManyColumnsAsAnExpressionHoldsAreMerged() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", 1);
        IntStream.range(0, ChangeForm.mostMergedColumns()).forEach(i -> row.put("c" + i, i));
        assertThat(send(encoder(wide(ChangeForm.mostMergedColumns()), ChangeForm.columns(own(null)))
                        .put(row)))
                .isEqualTo(DONE);
        row.put("c" + ChangeForm.mostMergedColumns(), 1);
        assertThat(send(encoder(wide(ChangeForm.mostMergedColumns() + 1), ChangeForm.columns(own(null)))
                        .put(row)))
                .isEqualTo("ValidationException");
    }

    @Test
    void theLargestItemsAreTaken() {
        // id 2 + 2, v 1 + 2, name 4, and of its own dynamirror_version 18 + 14.
        assertThat(send(encoder(ChangeForm.items(own(null))).put(row(7, "x".repeat(409_600 - 11 - 32)))))
                .isEqualTo(DONE);
        connection.client().deleteItem(request -> request.tableName(table).key(key()));
        assertThat(send(encoder(ChangeForm.columns(null)).put(row(7, "x".repeat(409_600 - 11)))))
                .isEqualTo(DONE);
    }

    private static Schema wide(int columns) {
        return new Schema(Stream.concat(
                        Stream.of(new Column("id", ScalarType.INT)),
                        IntStream.range(0, columns).mapToObj(i -> new Column("c" + i, ScalarType.INT)))
                .toList());
    }

    private Versioning own(@Nullable Tombstones deletes) {
        return new Versioning(null, new MirrorVersions(clock.millis()), deletes);
    }

    private static Versioning column(@Nullable Tombstones deletes) {
        return new Versioning("v", null, deletes);
    }

    private RowEncoder<Map<String, ?>> encoder(ChangeForm form) {
        return encoder(SCHEMA, form);
    }

    private RowEncoder<Map<String, ?>> encoder(Schema schema, ChangeForm form) {
        return new RowEncoder<>(
                table,
                MapRowEncoder.columns(schema, "id", null, form.versionColumn()),
                form,
                UnstorableNumbers.BAD_ROW);
    }

    private static Map<String, @Nullable Object> row(int version, @Nullable String name) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", 1);
        row.put("v", version);
        row.put("name", name);
        return row;
    }

    private static Map<String, AttributeValue> key() {
        return Map.of("id", AttributeValue.fromN("1"));
    }

    private void foreign() {
        put(Map.of("id", AttributeValue.fromN("1"), "foreign", AttributeValue.fromS("x")));
    }

    private void put(Map<String, AttributeValue> item) {
        connection.client().putItem(request -> request.tableName(table).item(item));
    }

    /** The one item, its attributes by name; empty if there is none. */
    private String item() {
        return connection
                .client()
                .getItem(request -> request.tableName(table).key(key()).consistentRead(true))
                .item()
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> attribute.getKey() + "=" + text(attribute.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case BOOL -> value.bool().toString();
            case NUL -> "null";
            default -> throw new AssertionError(value);
        };
    }

    /** Sends the change's bytes alone; the exception's name if it is refused. */
    private String send(Change change) {
        HttpRequest request = HttpRequest.newBuilder(database.endpoint())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + change.request().operation())
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=placeholder/20260101/us-east-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(change.wire()))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                assertThat(response.body()).contains("\"ConsumedCapacity\"");
                return DONE;
            }
            String body = response.body();
            int type = body.indexOf('#') + 1;
            assertThat(type).as(body).isPositive();
            return body.substring(type, body.indexOf('"', type));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
