package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.ScalarType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class KeyTest {

    /** Spellings of numbers; those in one row are one key for DynamoDB, all others are different. */
    private static final List<List<String>> NUMBERS = List.of(
            List.of("1", "1.0", "1E0", "10E-1", "0.1E1", "+1"),
            List.of("0", "-0", "0.0", "-0.00", "0E5"),
            List.of("-1", "-1.0"),
            List.of("100", "1E2", "100.00"),
            List.of("0.1", "1E-1", "0.10"),
            List.of("1E125", "10E124"),
            List.of("1E-130", "0.1E-129"),
            List.of("12345678901234567890123456789012345678"),
            List.of("12345678901234567890123456789012345679"),
            List.of("9007199254740992"),
            List.of("9007199254740993"));

    @Test
    void numbersAreEqualByValue() {
        for (List<String> same : NUMBERS) {
            for (List<String> other : NUMBERS) {
                for (String left : same) {
                    for (String right : other) {
                        assertThat(number(left).equals(number(right)))
                                .as(left + " = " + right)
                                .isEqualTo(same == other);
                        if (same == other) {
                            assertThat(number(left)).hasSameHashCodeAs(number(right));
                        }
                    }
                }
            }
        }
    }

    @WithLocalDynamoDb
    @Test
    void dynamoDbSaysTheSameOfNumbers(LocalDynamoDb database, @TableName String table) {
        try (Connection connection = connection(database)) {
            create(connection, new TableSpec(table, new TableSpec.KeyPart("k", KeyType.N), null));
            for (List<String> same : NUMBERS) {
                for (String spelling : same) {
                    put(connection, table, Map.of("k", AttributeValue.fromN(spelling)));
                }
            }
            assertThat(count(connection, table)).isEqualTo(NUMBERS.size());
        }
    }

    @Test
    void numbersOfAllJavaTypesMeet() {
        assertThat(KeyAttribute.number(1L))
                .isEqualTo(KeyAttribute.number(1.0))
                .isEqualTo(KeyAttribute.number(1.0f))
                .isEqualTo(number("1"));
        assertThat(KeyAttribute.number(-0.0)).isEqualTo(KeyAttribute.number(0));
        assertThat(KeyAttribute.number(-0.0f)).isEqualTo(KeyAttribute.number(0));
        assertThat(KeyAttribute.number(0.1f)).isEqualTo(KeyAttribute.number(0.1));
        assertThat(KeyAttribute.number(1e21)).isEqualTo(number("1000000000000000000000"));
        assertThat(KeyAttribute.number(Long.MIN_VALUE)).isEqualTo(number("-9223372036854775808"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123456789012345678901234567890123456789 | 1.2345678901234567890E+38… has 39 significant digits,"
                        + " and DynamoDB keeps at most 38",
                "1E126   | 1E+126 is out of DynamoDB's number range (at most 9.99…E+125)",
                "1E-131  | 1E-131 is out of DynamoDB's number range (at least 1E-130, or 0)",
            })
    void numbersThatDynamoDbCantStoreAreRefused(String value, String message) {
        assertThatThrownBy(() -> number(value))
                .isInstanceOf(IllegalValueException.class)
                .hasMessage(message);
    }

    @Test
    void notANumberIsNoKey() {
        assertThatThrownBy(() -> KeyAttribute.number(Double.NaN))
                .isInstanceOf(IllegalValueException.class)
                .hasMessage("NaN is no number that DynamoDB can store; filter or replace it");
    }

    @Test
    void stringsAreEqualByTheirCharactersOnly() {
        assertThat(KeyAttribute.string("a")).isEqualTo(KeyAttribute.string("a"));
        assertThat(KeyAttribute.string("a")).isNotEqualTo(KeyAttribute.string("A"));
        // Composed and decomposed.
        assertThat(KeyAttribute.string("\u00fc")).isNotEqualTo(KeyAttribute.string("u\u0308"));
        assertThat(KeyAttribute.string("1")).isNotEqualTo(KeyAttribute.number(1));
    }

    @Test
    void binariesAreEqualByContent() {
        assertThat(KeyAttribute.binary(new byte[] {1, 2}))
                .isEqualTo(KeyAttribute.binary(new byte[] {1, 2}))
                .hasSameHashCodeAs(KeyAttribute.binary(new byte[] {1, 2}))
                .isNotEqualTo(KeyAttribute.binary(new byte[] {1, 3}))
                .isNotEqualTo(KeyAttribute.binary(new byte[] {1, 2, 0}));
    }

    @Test
    void datetimesAreTheirText() {
        assertThat(KeyAttribute.naiveDatetime(LocalDateTime.of(2025, 1, 17, 0, 0)))
                .isEqualTo(KeyAttribute.string("2025-01-17T00:00:00.000000000"));
        assertThat(KeyAttribute.utcDatetime(Instant.parse("2025-01-17T00:00:00.000000001Z")))
                .isEqualTo(KeyAttribute.string("2025-01-17T00:00:00.000000001+0000"));
    }

    @Test
    void thePartsOfAKeyAreNeverJoined() {
        Key one = Key.of(KeyAttribute.string("a$"), KeyAttribute.string("b"));
        assertThat(one)
                .isEqualTo(Key.of(KeyAttribute.string("a$"), KeyAttribute.string("b")))
                .hasSameHashCodeAs(Key.of(KeyAttribute.string("a$"), KeyAttribute.string("b")))
                .isNotEqualTo(Key.of(KeyAttribute.string("a"), KeyAttribute.string("$b")))
                .isNotEqualTo(Key.of(KeyAttribute.string("b"), KeyAttribute.string("a$")))
                .isNotEqualTo(Key.of(KeyAttribute.string("a$"), null));
        assertThat(Key.of(KeyAttribute.string("a$"), null)).isNotEqualTo(one);
    }

    @WithLocalDynamoDb
    @Test
    void dynamoDbSaysTheSameOfCompositeKeys(LocalDynamoDb database, @TableName String table) {
        List<List<String>> keys = List.of(
                List.of("a$", "b"),
                List.of("a", "$b"),
                List.of("b", "a$"),
                List.of("\u00fc", "x"),
                List.of("u\u0308", "x"),
                List.of("a$", "b"));
        try (Connection connection = connection(database)) {
            create(
                    connection,
                    new TableSpec(table, new TableSpec.KeyPart("p", KeyType.S), new TableSpec.KeyPart("s", KeyType.S)));
            for (List<String> key : keys) {
                put(
                        connection,
                        table,
                        Map.of("p", AttributeValue.fromS(key.get(0)), "s", AttributeValue.fromS(key.get(1))));
            }
            long distinct = keys.stream()
                    .map(key -> Key.of(KeyAttribute.string(key.get(0)), KeyAttribute.string(key.get(1))))
                    .distinct()
                    .count();
            assertThat(distinct).isEqualTo(5);
            assertThat(count(connection, table)).isEqualTo(5);
        }
    }

    @WithLocalDynamoDb
    @Test
    void dynamoDbSaysTheSameOfBinaries(LocalDynamoDb database, @TableName String table) {
        try (Connection connection = connection(database)) {
            create(connection, new TableSpec(table, new TableSpec.KeyPart("k", KeyType.B), null));
            for (byte[] key : new byte[][] {{1, 2}, {1, 2}, {1, 2, 0}, {(byte) 0xff}}) {
                put(connection, table, Map.of("k", AttributeValue.fromB(SdkBytes.fromByteArray(key))));
            }
            assertThat(count(connection, table)).isEqualTo(3);
        }
    }

    @Test
    void keysAreShownInWords() {
        assertThat(Key.of(KeyAttribute.number(1.0), null)).hasToString("1");
        assertThat(Key.of(KeyAttribute.string("a"), KeyAttribute.binary(new byte[] {1, (byte) 0xfe})))
                .hasToString("(\"a\", 0x01fe)");
        assertThat(KeyAttribute.string("x".repeat(200))).hasToString("\"" + "x".repeat(80) + "…\"");
    }

    @Test
    void sizesAreDynamoDbs() {
        assertThat(KeyAttribute.string("aü名😀").size()).isEqualTo(1 + 2 + 3 + 4);
        assertThat(KeyAttribute.binary(new byte[7]).size()).isEqualTo(7);
        assertThat(KeyAttribute.number(0).size()).isEqualTo(1);
        assertThat(KeyAttribute.number(-12345).size()).isEqualTo(5);
        assertThat(number("12345678901234567890123456789012345678").size()).isEqualTo(20);
    }

    @Test
    void theTypesThatCanBeKeys() {
        assertThat(KeyType.of(ScalarType.INT)).contains(KeyType.N);
        assertThat(KeyType.of(ScalarType.FLOAT)).contains(KeyType.N);
        assertThat(KeyType.of(ScalarType.STR)).contains(KeyType.S);
        assertThat(KeyType.of(ScalarType.DATETIME_NAIVE)).contains(KeyType.S);
        assertThat(KeyType.of(ScalarType.DATETIME_UTC)).contains(KeyType.S);
        assertThat(KeyType.of(ScalarType.BYTES)).contains(KeyType.B);
        assertThat(KeyType.of(ScalarType.BOOL)).isEmpty();
        assertThat(KeyType.of(ScalarType.INT.optional())).isEmpty();
        assertThat(KeyType.liveTypes())
                .isEqualTo("int, float, str, bytes, datetime_naive, datetime_utc, date, time,"
                        + " duration, json, pointer, object, decimal");
    }

    private static KeyAttribute number(String text) {
        return KeyAttribute.number(new BigDecimal(text));
    }

    private static Connection connection(LocalDynamoDb database) {
        return Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
    }

    private static void create(Connection connection, TableSpec table) {
        new TablePreparer(connection.client()).prepare(table, InitMode.CREATE_IF_NOT_EXISTS);
    }

    private static void put(Connection connection, String table, Map<String, AttributeValue> item) {
        connection.client().putItem(request -> request.tableName(table).item(item));
    }

    private static int count(Connection connection, String table) {
        return connection.client().scan(request -> request.tableName(table)).count();
    }
}
