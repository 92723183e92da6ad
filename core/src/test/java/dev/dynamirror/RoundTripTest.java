package dev.dynamirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.item.MapRowEncoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is written is what is read, for rows of random schemas; see {@link RandomRows}. */
final class RoundTripTest {

    private static final int DEPTH = 6;
    private static final int CASES = 10_000;
    private static final int TABLES = 60;
    private static final int ROWS_OF_A_TABLE = 50;

    @Test
    void anItemIsReadAsTheRowThatItWas() {
        for (int seed = 0; seed < CASES; seed++) {
            RandomRows random = new RandomRows(seed);
            Schema schema = random.schema(DEPTH);
            Map<String, @Nullable Object> row = random.row(schema);
            if (failure(schema, row).isPresent()) {
                throw new AssertionError("seed " + seed + ": " + smallestFailure(schema, row));
            }
        }
    }

    /** Items of one schema read by another: nothing but the error of the decoder may come of it. */
    @Test
    void whatIsOfAnotherSchemaIsReadOrRefused() {
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            RandomRows random = new RandomRows(seed);
            Schema schema = random.schema(3);
            Map<String, AttributeValue> item = new HashMap<>();
            for (Column column : schema.columns()) {
                item.put(column.name(), attribute(random, random.type(3)));
            }
            for (UnstorableNumbers unstorable : UnstorableNumbers.values()) {
                try {
                    new ItemDecoder("t", List.of("id"), schema, unstorable).decode(item);
                } catch (MirrorException e) {
                    refused++;
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ": " + schema + " of " + item, e);
                }
            }
        }
        assertThat(refused).isBetween(CASES, 2 * CASES - 1);
    }

    private static AttributeValue attribute(RandomRows random, LiveType type) {
        Schema schema = new Schema(List.of(new Column("id", ScalarType.INT), new Column("v", type)));
        byte[] wire = MapRowEncoder.of("t", schema, "id", null, UnstorableNumbers.BAD_ROW)
                .put(random.row(schema))
                .wire();
        return Objects.requireNonNull(DynamoDbJson.item(wire).get("v"));
    }

    @Test
    @WithLocalDynamoDb
    void aTableIsReadAsTheRowsThatItWasMadeOf(LocalDynamoDb database, @TableName String name)
            throws InterruptedException {
        for (int seed = 0; seed < TABLES; seed++) {
            RandomRows random = new RandomRows(seed);
            Schema schema = random.schema(DEPTH);
            String table = name + seed;
            Map<@Nullable Object, @Nullable Object> rows = new HashMap<>();
            MirrorSettings.Builder settings = DynamoDb.table(table)
                    .partitionKey("id")
                    .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                    .endpoint(database.endpoint())
                    .region("us-east-1");
            try (Mirror mirror = Mirror.open(settings, schema)) {
                for (long id = 0; id < ROWS_OF_A_TABLE; id++) {
                    Map<String, @Nullable Object> row = random.row(schema);
                    row.put("id", id);
                    rows.put(id, RandomRows.comparable(row));
                    mirror.put(row);
                }
            }
            assertThat(readBack(database, table, schema))
                    .as("seed " + seed + ", schema " + schema)
                    .isEqualTo(rows);
        }
    }

    @Test
    void aSchemasTextIsTheSchema() {
        for (int seed = 0; seed < CASES; seed++) {
            Schema schema = new RandomRows(seed).schema(DEPTH);
            assertThat(Schema.parse(schema.toString())).as("seed " + seed).isEqualTo(schema);
        }
    }

    @Test
    void everyTypeIsAmongTheSchemas() {
        String schemas = IntStream.range(0, 200)
                .mapToObj(seed -> new RandomRows(seed).schema(DEPTH).toString())
                .collect(Collectors.joining("\n"));
        Arrays.stream(ScalarType.values())
                .forEach(type -> assertThat(schemas).contains(" " + type, "<" + type, type + "?"));
        assertThat(schemas)
                .contains(
                        "decimal(",
                        "ndarray<int>",
                        "ndarray<float>",
                        "list<",
                        "tuple<>",
                        "tuple<",
                        "map<",
                        "row<",
                        ">?");
    }

    private static Map<@Nullable Object, @Nullable Object> readBack(
            LocalDynamoDb database, String table, Schema schema) {
        ItemDecoder decoder = decoder(schema);
        Map<@Nullable Object, @Nullable Object> rows = new HashMap<>();
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
            for (Map<String, AttributeValue> item : connection
                    .client()
                    .scanPaginator(request -> request.tableName(table))
                    .items()) {
                assertThat(item.keySet()).containsExactlyInAnyOrderElementsOf(schema.names());
                Map<String, @Nullable Object> row = decoder.decode(item);
                rows.put(row.get("id"), RandomRows.comparable(row));
            }
        }
        return rows;
    }

    /** What differs when the row is written and read, if anything does. */
    private static Optional<String> failure(Schema schema, Map<String, @Nullable Object> row) {
        try {
            byte[] wire = MapRowEncoder.of("t", schema, "id", null, UnstorableNumbers.BAD_ROW)
                    .put(row)
                    .wire();
            Object written = RandomRows.comparable(row);
            Object read = RandomRows.comparable(decoder(schema).decode(DynamoDbJson.item(wire)));
            return Objects.equals(written, read)
                    ? Optional.empty()
                    : Optional.of(schema + "\nwritten " + written + "\nread    " + read);
        } catch (RuntimeException e) {
            return Optional.of(schema + "\nwritten " + row + "\nthrows  " + e);
        }
    }

    /** That of the key and the first column which fails without the others, or else of all. */
    private static String smallestFailure(Schema schema, Map<String, @Nullable Object> row) {
        Column id = schema.columns().get(0);
        return schema.columns().stream()
                .skip(1)
                .map(column -> {
                    Map<String, @Nullable Object> small = new HashMap<>();
                    small.put("id", row.get("id"));
                    small.put(column.name(), row.get(column.name()));
                    return failure(new Schema(List.of(id, column)), small);
                })
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> failure(schema, row))
                .orElse("not again");
    }

    private static ItemDecoder decoder(Schema schema) {
        return new ItemDecoder("t", List.of("id"), schema, UnstorableNumbers.BAD_ROW);
    }
}
