package dev.dynamirror.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms that the format's rules for older writers name, and types that few write. */
final class OlderWritersTest {

    @TempDir
    private Path folder;

    @Test
    void aRepeatedFieldIsAListWithoutAbsence() throws IOException {
        assertValue("repeated int32 a;", row -> row.append("a", 1).append("a", 2), "a list<int>", List.of(1L, 2L));
    }

    @Test
    void aListOfTwoLayersHasTheRepeatedFieldAsItsElement() throws IOException {
        assertValue(
                "required group a (LIST) { repeated int32 element; }",
                row -> row.addGroup("a").append("element", 1),
                "a list<int>",
                List.of(1L));
        assertValue(
                "required group a (LIST) { repeated group array { required int32 x; } }",
                row -> row.addGroup("a").addGroup("array").append("x", 1),
                "a list<row<x int>>",
                List.of(Map.of("x", 1L)));
        assertValue(
                "required group a (LIST) { repeated group a_tuple { required int32 x; } }",
                row -> row.addGroup("a").addGroup("a_tuple").append("x", 1),
                "a list<row<x int>>",
                List.of(Map.of("x", 1L)));
        assertValue(
                "required group a (LIST) { repeated group element { required int32 x; required int32 y; } }",
                row -> row.addGroup("a").addGroup("element").append("x", 1).append("y", 2),
                "a list<row<x int, y int>>",
                List.of(Map.of("x", 1L, "y", 2L)));
        assertValue(
                "required group a (LIST) { repeated group list { repeated int32 x; } }",
                row -> row.addGroup("a").addGroup("list").append("x", 1).append("x", 2),
                "a list<row<x list<int>>>",
                List.of(Map.of("x", List.of(1L, 2L))));
    }

    @Test
    void aMapMayBeAnnotatedAsItsEntriesAre() throws IOException {
        assertValue(
                "required group a (MAP_KEY_VALUE) { repeated group map { required binary key; optional int32 value; } }",
                row -> row.addGroup("a").addGroup("map").append("key", "k").append("value", 1),
                "a map<int?>",
                Map.of("k", 1L));
    }

    @Test
    void aMapWithoutValuesIsARowOfItsEntries() throws IOException {
        assertValue(
                "required group a (MAP) { repeated group key_value { required binary key (UTF8); } }",
                row -> row.addGroup("a").addGroup("key_value").append("key", "k"),
                "a row<key_value list<row<key str>>>",
                Map.of("key_value", List.of(Map.of("key", "k"))));
    }

    @Test
    void whatDynamoDbsMapsCannotHaveIsRefused() throws IOException {
        try (ParquetFile file = file(
                "required group a (MAP) { repeated group key_value { required group key { required int32 x; } required"
                        + " int32 value; } }",
                row -> {
                    Group entry = row.addGroup("a").addGroup("key_value");
                    entry.addGroup("key").append("x", 1);
                    entry.append("value", 1);
                })) {
            assertThatThrownBy(() -> file.columns(name -> true, name -> true))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(
                            "column \"a\": the keys of a map are of the type row<x int>, but those of DynamoDB's maps"
                                    + " are strings; leave it out by a schema");
        }
    }

    @Test
    void aTimestampOf96BitsIsADatetimeInUtc() throws IOException {
        assertValue(
                "required int96 a;",
                row -> row.append("a", new NanoTime(2_440_588 + 1, 1_000_000_001L)),
                "a datetime_utc",
                Instant.parse("1970-01-02T00:00:01.000000001Z"));
        assertValue(
                "required int96 a;",
                row -> row.append("a", new NanoTime(2_440_588 - 1, 0)),
                "a datetime_utc",
                Instant.parse("1969-12-31T00:00:00Z"));
        assertValue(
                "required int96 a;",
                row -> row.append("a", new NanoTime(5_373_484, 0)),
                "a datetime_utc",
                Instant.parse("9999-12-31T00:00:00Z"));
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsSaidWithItsColumn() throws IOException {
        assertBad(
                "required binary a (JSON);",
                row -> row.append("a", "{bad"),
                "column \"a\": not valid JSON: Unexpected character ('b' (code 98)): was expecting double-quote to start field"
                        + " name at character 2");
        assertBad(
                "required int64 a (TIME(MICROS,false));",
                row -> row.append("a", 86_400_000_000L),
                "column \"a\": Invalid value for NanoOfDay (valid values 0 - 86399999999999): 86400000000000");
        assertBad(
                "required binary a (UTF8);",
                row -> row.append("a", Binary.fromConstantByteArray(new byte[] {'x', -1})),
                "column \"a\": the bytes are no text in UTF-8");
        assertValue("required binary a (UTF8);", row -> row.append("a", "\uFFFD"), "a str", "\uFFFD");
    }

    @Test
    void keysOfMapsAreTextsAndNeverAbsent() throws IOException {
        String map = "required group a (MAP) { repeated group key_value { optional %s; required int32 value; } }";
        assertBad(
                map.formatted("binary key (UTF8)"),
                row -> row.addGroup("a").addGroup("key_value").append("value", 1),
                "column \"a\": a key of the map is absent");
        assertValue(
                map.formatted("int64 key (INTEGER(64,false))"),
                row -> row.addGroup("a")
                        .addGroup("key_value")
                        .append("key", -1L)
                        .append("value", 1),
                "a map<int>",
                Map.of("18446744073709551615", 1L));
    }

    @Test
    void timesHaveTheirUnits() throws IOException {
        assertValue(
                "required int32 a (TIME(MILLIS,false));",
                row -> row.append("a", 86_399_999),
                "a time",
                LocalTime.parse("23:59:59.999"));
        assertValue(
                "required int64 a (TIME(NANOS,false));",
                row -> row.append("a", 1L),
                "a time",
                LocalTime.parse("00:00:00.000000001"));
        assertValue(
                "required int64 a (TIMESTAMP(MILLIS,true));",
                row -> row.append("a", -1L),
                "a datetime_utc",
                Instant.parse("1969-12-31T23:59:59.999Z"));
    }

    @Test
    void bytesWithoutAMeaningAreBytes() throws IOException {
        assertValue("required binary a;", row -> row.append("a", "x"), "a bytes", new byte[] {'x'});
        assertValue(
                "required fixed_len_byte_array(12) a (INTERVAL);",
                row -> row.append("a", Binary.fromConstantByteArray(new byte[12])),
                "a bytes",
                new byte[12]);
    }

    @Test
    void aHalfOfAFloatIsAFloat() throws IOException {
        assertValue(
                "required fixed_len_byte_array(2) a (FLOAT16);",
                row -> row.append("a", Binary.fromConstantByteArray(new byte[] {0, 0x3E})),
                "a float",
                1.5);
    }

    @Test
    void aFloatThatIsNoNumberStaysOne() throws IOException {
        assertValue("required float a;", row -> row.append("a", Float.NaN), "a float", Double.NaN);
    }

    @Test
    void aNameThatNoAttributeCanHaveIsRefused() throws IOException {
        String name = "x".repeat(65_536);
        try (ParquetFile file = file("required int32 " + name + ";", row -> row.append(name, 1))) {
            assertThatThrownBy(() -> file.columns(each -> true, each -> true))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("the name of a column has 65536 bytes, and DynamoDB takes names of at most 65535");
            assertThat(file.columns(each -> false, each -> true)).isEmpty();
        }
    }

    @Test
    void rowsOfNoColumnsAreStillRows() throws IOException {
        try (ParquetFile file = file("required int32 a;", row -> row.append("a", 1))) {
            file.select(List.of());

            assertThat(file.next()).isEmpty();
            assertThat(file.next()).isNull();
        }
    }

    @Test
    void aColumnMayHaveAPointInItsName() throws IOException {
        assertValue("optional int32 a.b;", row -> row.append("a.b", 1), "a.b int", 1L);
    }

    private void assertValue(String field, Consumer<Group> row, String column, Object expected) throws IOException {
        try (ParquetFile file = file(field, row)) {
            assertThat(new Schema(file.columns(name -> true, name -> true))).hasToString(column);
            file.select(file.names());
            List<@Nullable Object> values = Objects.requireNonNull(file.next());
            assertThat(values).hasSize(1);
            assertThat(values.get(0)).isEqualTo(expected);
            assertThat(file.next()).isNull();
        }
    }

    private void assertBad(String field, Consumer<Group> row, String message) throws IOException {
        try (ParquetFile file = file(field, row)) {
            file.select(file.names());
            assertThatThrownBy(file::next).isInstanceOf(MirrorException.class).hasMessage(message);
        }
    }

    private ParquetFile file(String field, Consumer<Group> fill) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("message m { " + field + " }");
        Path path = Files.createTempFile(folder, "a", ".parquet");
        Files.delete(path);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .build()) {
            SimpleGroup row = new SimpleGroup(type);
            fill.accept(row);
            writer.write(row);
        }
        return ParquetFile.open(new BytesInMemory(Files.readAllBytes(path)));
    }
}
