package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorSettingsTest {

    private static final String KEY_TYPES =
            "int, float, str, bytes, datetime_naive, datetime_utc, date, time, duration, json, pointer, object, decimal";

    private static final Schema SCHEMA = Schema.parse("id int, at datetime_utc, flag bool, note str?");

    @Test
    void whatIsNotSetHasADefault() {
        assertThat(DynamoDb.table("test").partitionKey("id").build())
                .isEqualTo(new MirrorSettings(
                        "test",
                        "id",
                        null,
                        InitMode.DEFAULT,
                        "test",
                        new ConnectionSettings(null, null),
                        new RowSettings(null, OnBadRow.FAIL, null, UnstorableNumbers.BAD_ROW)));
    }

    @Test
    void everythingCanBeSet() {
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("at")
                        .initMode(InitMode.REPLACE)
                        .name("greetings")
                        .endpoint(URI.create("http://127.0.0.1:8000"))
                        .region("eu-central-1")
                        .schema("id pointer")
                        .onBadRow(OnBadRow.SET_ASIDE)
                        .badRows("file:///bad")
                        .unstorableNumbers(UnstorableNumbers.AS_STRING)
                        .build())
                .isEqualTo(new MirrorSettings(
                        "test",
                        "id",
                        "at",
                        InitMode.REPLACE,
                        "greetings",
                        new ConnectionSettings(URI.create("http://127.0.0.1:8000"), "eu-central-1"),
                        new RowSettings(
                                Schema.parse("id pointer"),
                                OnBadRow.SET_ASIDE,
                                "file:///bad",
                                UnstorableNumbers.AS_STRING)));
    }

    @Test
    void theTablesKeyComesFromTheSchema() {
        assertThat(DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("at")
                        .build()
                        .tableSpec(SCHEMA))
                .isEqualTo(new TableSpec(
                        "test", new TableSpec.KeyPart("id", KeyType.N), new TableSpec.KeyPart("at", KeyType.S)));
    }

    @Test
    void aKeyIsAColumn() {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("key")
                        .name("m")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror m: the partition key \"key\" is not a column of the live table; its columns are \"id\", \"at\","
                        + " \"flag\", \"note\"");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("AT")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror test: the sort key \"AT\" is not a column of the live table; its columns are \"id\", \"at\","
                        + " \"flag\", \"note\"");
    }

    @Test
    void aKeyHasATypeThatCanBeAKey() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("flag").build().tableSpec(SCHEMA),
                "mirror test: the partition key \"flag\" has the type bool, and the type bool can't be used in a key; the"
                        + " types that can are " + KEY_TYPES + ", none of them optional");
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .sortKey("note")
                        .build()
                        .tableSpec(SCHEMA),
                "mirror test: the sort key \"note\" has the type str?, and the type str? can't be used in a key; the"
                        + " types that can are " + KEY_TYPES + ", none of them optional");
    }

    @Test
    void aMirrorHasAPartitionKey() {
        assertRefused(
                () -> DynamoDb.table("test").sortKey("at").build(),
                "the mirror of table test has no partition key; name its column");
    }

    @Test
    void theKeysAreTwoColumns() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("id").sortKey("id").build(),
                "the mirror of table test has the column \"id\" as partition key and as sort key; they must be two"
                        + " columns");
    }

    @Test
    void whatIsNamedHasAName() {
        assertRefused(() -> DynamoDb.table("test").partitionKey(""), "the partition key is empty");
        assertRefused(() -> DynamoDb.table("test").sortKey(""), "the sort key is empty");
        assertRefused(() -> DynamoDb.table("test").name(""), "the name is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "a b", "tä", "a/b", "a\"b"})
    void aTableNameIsOneThatDynamoDbTakes(String name) {
        assertRefused(
                () -> DynamoDb.table(name),
                "\"" + name
                        + "\" is no name of a DynamoDB table; expected 3 to 255 of the characters a-z, A-Z, 0-9, _, -"
                        + " and .");
    }

    @Test
    void aTableNameIsNotTooLong() {
        DynamoDb.table("a".repeat(255));
        assertThatThrownBy(() -> DynamoDb.table("a".repeat(256))).isInstanceOf(MirrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A_b-c.9", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"})
    void namesAndArnsAreTableNames(String name) {
        assertThat(DynamoDb.table(name).partitionKey("id").build().tableName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "127.0.0.1", "ftp://127.0.0.1", "http:///x", "/x"})
    void anEndpointIsAnHttpAddress(String endpoint) {
        assertRefused(
                () -> DynamoDb.table("test")
                        .partitionKey("id")
                        .endpoint(URI.create(endpoint))
                        .build(),
                "the endpoint \"" + endpoint + "\" is no address like https://host or http://127.0.0.1:8000");
    }

    @Test
    void aRegionHasAName() {
        assertRefused(
                () -> DynamoDb.table("test").partitionKey("id").region(" ").build(),
                "the region is empty; expected one like eu-central-1");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(MirrorException.class).hasMessage(message);
    }
}
