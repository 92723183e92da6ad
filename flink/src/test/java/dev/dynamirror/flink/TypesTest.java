package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** The exact attribute values that Flink's values become. */
@WithLocalDynamoDb
class TypesTest {

    private final LocalDynamoDb database;
    private final StreamExecutionEnvironment environment = Embedded.environment(1);
    private final Live live = Live.create(environment);

    TypesTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void everyTypeFromSql(@TableName String table) throws InterruptedException {
        // The session's time zone is that of literals without a zone only.
        live.tableEnvironment().getConfig().setLocalTimeZone(ZoneId.of("Asia/Tokyo"));
        Table rows = live.tableEnvironment().sqlQuery("""
                        SELECT
                          1 AS id,
                          CAST(-128 AS TINYINT) AS a_tinyint,
                          CAST(-32768 AS SMALLINT) AS a_smallint,
                          CAST(-2147483648 AS INT) AS an_int,
                          9223372036854775807 AS a_bigint,
                          CAST('0.1' AS FLOAT) AS a_float,
                          CAST('-0.0' AS DOUBLE) AS minus_zero,
                          CAST('1e21' AS DOUBLE) AS a_large,
                          CAST('1e-7' AS DOUBLE) AS a_small,
                          CAST('1.0' AS DOUBLE) AS a_one,
                          TRUE AS a_bool,
                          CAST('ab' AS CHAR(4)) AS padded,
                          '' AS empty_string,
                          'é€😀"\\' AS unicode,
                          X'00ff' AS a_binary,
                          X'' AS empty_bytes,
                          TIMESTAMP '2025-01-17 00:00:00' AS a_naive,
                          CAST(TIMESTAMP '2025-01-17 09:00:00' AS TIMESTAMP_LTZ(3)) AS a_utc
                        """);

        mirror(rows, table, "id");

        assertThat(Items.of(database, table))
                .containsExactly("{\"id\":{\"N\":\"1\"}"
                        + ",\"a_bigint\":{\"N\":\"9223372036854775807\"}"
                        + ",\"a_binary\":{\"B\":\"AP8=\"}"
                        + ",\"a_bool\":{\"BOOL\":true}"
                        + ",\"a_float\":{\"N\":\"0.1\"}"
                        + ",\"a_large\":{\"N\":\"1000000000000000000000\"}"
                        + ",\"a_naive\":{\"S\":\"2025-01-17T00:00:00.000000000\"}"
                        + ",\"a_one\":{\"N\":\"1\"}"
                        + ",\"a_small\":{\"N\":\"0.0000001\"}"
                        + ",\"a_smallint\":{\"N\":\"-32768\"}"
                        + ",\"a_tinyint\":{\"N\":\"-128\"}"
                        + ",\"a_utc\":{\"S\":\"2025-01-17T00:00:00.000000000+0000\"}"
                        + ",\"an_int\":{\"N\":\"-2147483648\"}"
                        + ",\"empty_bytes\":{\"B\":\"\"}"
                        + ",\"empty_string\":{\"S\":\"\"}"
                        + ",\"minus_zero\":{\"N\":\"0\"}"
                        + ",\"padded\":{\"S\":\"ab  \"}"
                        + ",\"unicode\":{\"S\":\"é€😀\\\"\\\\\"}}");
    }

    @Test
    void timesOfEveryPrecision(@TableName String table) throws InterruptedException {
        live.tableEnvironment()
                .createTemporaryView(
                        "times",
                        live.tableEnvironment()
                                .fromDataStream(environment.fromData(
                                        Types.ROW_NAMED(
                                                new String[] {"id", "naive", "utc"},
                                                Types.INT,
                                                Types.LOCAL_DATE_TIME,
                                                Types.INSTANT),
                                        Row.of(
                                                1,
                                                LocalDateTime.parse("2025-01-17T01:02:03.123456789"),
                                                Instant.parse("2025-01-17T01:02:03.123456789Z")))));
        StringBuilder columns = new StringBuilder("id");
        StringBuilder expected = new StringBuilder("{\"id\":{\"N\":\"1\"}");
        for (String type : List.of("TIMESTAMP", "TIMESTAMP_LTZ")) {
            String column = type.equals("TIMESTAMP") ? "naive" : "utc";
            for (int precision = 0; precision <= 9; precision++) {
                columns.append(", CAST(" + column + " AS " + type + "(" + precision + ")) AS " + column + precision);
                expected.append(",\"" + column + precision + "\":{\"S\":\"2025-01-17T01:02:03."
                        + "123456789".substring(0, precision) + "0".repeat(9 - precision)
                        + (column.equals("utc") ? "+0000" : "") + "\"}");
            }
        }

        mirror(live.tableEnvironment().sqlQuery("SELECT " + columns + " FROM times"), table, "id");

        assertThat(Items.of(database, table)).containsExactly(expected + "}");
    }

    @Test
    void absentValuesOfEveryType(@TableName String table) throws InterruptedException {
        StringBuilder columns = new StringBuilder("1 AS id");
        StringBuilder expected = new StringBuilder("{\"id\":{\"N\":\"1\"}");
        List<String> types = List.of(
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INT",
                "BIGINT",
                "FLOAT",
                "DOUBLE",
                "CHAR(3)",
                "VARCHAR(3)",
                "STRING",
                "BINARY(3)",
                "VARBINARY(3)",
                "BYTES",
                "TIMESTAMP(3)",
                "TIMESTAMP_LTZ(9)");
        for (int i = 10; i < 10 + types.size(); i++) {
            columns.append(", CAST(NULL AS " + types.get(i - 10) + ") AS c" + i);
            expected.append(",\"c" + i + "\":{\"NULL\":true}");
        }

        mirror(live.tableEnvironment().sqlQuery("SELECT " + columns), table, "id");

        assertThat(Items.of(database, table)).containsExactly(expected + "}");
    }

    @Test
    void keysOfEveryType(@TableName String prefix) throws InterruptedException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("CAST(-128 AS TINYINT)", "{\"N\":\"-128\"}");
        keys.put("CAST(-32768 AS SMALLINT)", "{\"N\":\"-32768\"}");
        keys.put("CAST(7 AS INT)", "{\"N\":\"7\"}");
        keys.put("CAST(-9223372036854775808 AS BIGINT)", "{\"N\":\"-9223372036854775808\"}");
        keys.put("CAST('0.1' AS FLOAT)", "{\"N\":\"0.1\"}");
        keys.put("CAST('1e21' AS DOUBLE)", "{\"N\":\"1000000000000000000000\"}");
        keys.put("CAST('ab' AS CHAR(3))", "{\"S\":\"ab \"}");
        keys.put("'é😀'", "{\"S\":\"é😀\"}");
        keys.put("X'00ff'", "{\"B\":\"AP8=\"}");
        keys.put("CAST(X'01' AS BYTES)", "{\"B\":\"AQ==\"}");
        keys.put("TIMESTAMP '2025-01-17 01:02:03.5'", "{\"S\":\"2025-01-17T01:02:03.500000000\"}");
        keys.put("CAST('-1.50' AS DECIMAL(38, 2))", "{\"N\":\"-1.5\"}");
        keys.put("INTERVAL '-1.5' SECOND(2, 1)", "{\"N\":\"-1500000000\"}");
        keys.put("DATE '1969-12-31'", "{\"S\":\"1969-12-31\"}");
        keys.put("TIME '23:59:59'", "{\"S\":\"23:59:59\"}");
        keys.put("TO_TIMESTAMP_LTZ(1500, 3)", "{\"S\":\"1970-01-01T00:00:01.500000000+0000\"}");
        List<String> types = List.copyOf(keys.keySet());
        for (int i = 0; i < types.size(); i += 2) {
            declare(
                    live.tableEnvironment().sqlQuery("SELECT " + types.get(i) + " AS p, " + types.get(i + 1) + " AS s"),
                    Embedded.mirror(database, prefix + i).partitionKey("p").sortKey("s"));
        }

        live.run();

        List<String> attributes = List.copyOf(keys.values());
        for (int i = 0; i < types.size(); i += 2) {
            assertThat(Items.of(database, prefix + i))
                    .containsExactly("{\"p\":" + attributes.get(i) + ",\"s\":" + attributes.get(i + 1) + "}");
        }
    }

    @Test
    void aRowWithoutItsKeyFailsAtOnce(@TableName String table) {
        refuses(
                Types.STRING,
                table,
                "table " + table + ": column \"k\" of a row: the key is absent, and every item needs one;"
                        + " such rows can be set aside (on-bad-row)",
                Row.of("a", 1.0),
                Row.of(null, 2.0));
    }

    @Test
    void anEmptyKeyFailsAtOnce(@TableName String table) {
        refuses(
                Types.STRING,
                table,
                "table " + table
                        + ": column \"k\" of a row: the partition key is empty, and DynamoDB takes no empty key; such rows"
                        + " can be set aside (on-bad-row)",
                Row.of("", 1.0));
    }

    @Test
    void aValueThatDynamoDbCannotStoreFailsAtOnce(@TableName String table) {
        refuses(
                Types.LONG,
                table,
                "table " + table
                        + ": column \"v\" of row {k=7}: NaN is no number that DynamoDB can store; filter or replace it;"
                        + " such rows can be set aside (on-bad-row)",
                Row.of(7L, Double.NaN));
    }

    /** Runs with a restart strategy, which is of no use here, and a feed that tells how often the job began. */
    private void refuses(TypeInformation<?> keyType, String table, String message, Row... rows) {
        StreamExecutionEnvironment restarting = Embedded.environment(1, Embedded.restarts());
        Live failing = Live.create(restarting);
        Feed feed = Feed.of(rows);
        failing.write(
                failing.tableEnvironment()
                        .fromDataStream(
                                feed.stream(
                                        restarting, Types.ROW_NAMED(new String[] {"k", "v"}, keyType, Types.DOUBLE)),
                                Schema.newBuilder().build()),
                Embedded.mirror(database, table).partitionKey("k").initMode(InitMode.CREATE_IF_NOT_EXISTS));

        assertThatThrownBy(failing::run).isInstanceOf(MirrorException.class).hasMessage(message);
        assertThat(feed.runs()).isEqualTo(1);
    }

    private void declare(Table rows, MirrorSettings.Builder mirror) {
        live.write(rows, mirror.initMode(InitMode.CREATE_IF_NOT_EXISTS));
    }

    private void mirror(Table rows, String table, String partitionKey) throws InterruptedException {
        declare(rows, Embedded.mirror(database, table).partitionKey(partitionKey));
        live.run();
    }
}
