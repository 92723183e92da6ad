package dev.dynamirror.flink.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.RandomRows;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VariantType;
import org.apache.flink.types.Row;
import org.apache.flink.types.variant.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.FloatToDecimal;

class FlinkValuesTest {

    private static final int SEEDS = 3000;
    private static final int DEPTH = 5;

    /** Random ones have nanoseconds, which Flink does not keep. */
    private static final Pattern TIME = Pattern.compile("\\btime\\b");

    @Test
    void valuesOfRandomRowsComeBackThroughFlink() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Schema schema = schema(new RandomRows(seed));
            Row row = row(seed, schema);
            FlinkRows flink = FlinkRows.of(schema);
            TypeSerializer<Row> serializer = FlinkRows.type(schema).createSerializer(new SerializerConfigImpl());

            Row internal = internal(flink, row);
            byte[] bytes = serialized(serializer, internal);
            Row through = serializer.deserialize(new DataInputDeserializer(bytes));

            String place = "seed " + seed + ", schema " + schema;
            assertThat(read(schema, internal)).as(place).isEqualTo(comparable(row));
            assertThat(read(schema, through)).as(place).isEqualTo(comparable(row));
            assertThat(read(schema, serializer.copy(internal))).as(place).isEqualTo(comparable(row));
            // Equal rows have equal bytes, whether they were made again or have come through Flink.
            assertThat(serialized(serializer, internal(flink, row(seed, schema))))
                    .as(place)
                    .isEqualTo(bytes);
            assertThat(serialized(serializer, through)).as(place).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"str", "list<str>", "map<int>"})
    void halfOfASurrogatePairIsRefusedAndNoQuestionMark(String type) {
        Object value = switch (type) {
            case "str" -> "a\ud800";
            case "map<int>" -> Map.of("\udc00b", 1L);
            default -> List.of("\ud83d");
        };
        LiveType live = LiveType.parse(type);
        FlinkValues.Writer writer = FlinkValues.writer(LiveTypes.dataType(live).getLogicalType(), live);

        assertThatThrownBy(() -> writer.apply(value))
                .isInstanceOf(IllegalValueException.class)
                .hasMessageContaining("the string is no valid Unicode: half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, -0.0f, 0x1p33f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN, Float.POSITIVE_INFINITY})
    void flinksFloatIsTheDoubleOfItsShortestDigitsBothWays(float single) {
        LogicalType type = new FloatType();
        // JDK 17's own Float.toString has more digits for some.
        double shortest = Double.parseDouble(FloatToDecimal.toString(single));

        assertThat(FlinkValues.reader(type, ScalarType.FLOAT).apply(single)).isEqualTo(shortest);
        assertThat(FlinkValues.writer(type, ScalarType.FLOAT).apply(shortest)).isEqualTo(single);
    }

    @Test
    void aVariantThatIsNoJsonIsNoValue() {
        // So PARSE_JSON reads 1e400.
        Variant infinite = Variant.newBuilder().of(Double.POSITIVE_INFINITY);
        FlinkValues.Reader reader = FlinkValues.reader(new VariantType(), ScalarType.JSON);

        assertThatThrownBy(() -> reader.apply(infinite))
                .isInstanceOf(IllegalValueException.class)
                .hasMessageContaining(
                        "expected a value of the type json: not valid JSON: Non-standard token 'Infinity'");
    }

    @Test
    void mapsWithTheSameEntriesHaveTheSameBytes() throws IOException {
        Schema schema = Schema.parse("m map<map<int>>");
        TypeSerializer<Row> serializer = FlinkRows.type(schema).createSerializer(new SerializerConfigImpl());
        FlinkRows flink = FlinkRows.of(schema);
        Map<String, Object> one = new LinkedHashMap<>();
        Map<String, Object> other = new LinkedHashMap<>();
        List<String> names = List.of("b", "a", "aa", "é", "😀", "\uFFFD");
        for (int i = 0; i < names.size(); i++) {
            String last = names.get(names.size() - 1 - i);
            one.put(names.get(i), Map.of());
            other.put(last, new HashMap<>());
        }

        byte[] bytes = serialized(serializer, internal(flink, Row.of(one)));

        assertThat(serialized(serializer, internal(flink, Row.of(other)))).isEqualTo(bytes);
        assertThat(internal(flink, Row.of(one))).isEqualTo(internal(flink, Row.of(other)));
    }

    @Test
    void objectsAndTimesComeBackThroughFlink() throws IOException {
        Schema schema = Schema.parse("o object, os list<object?>, t time, ts list<time>");
        ObjectWrapper<?> object = ObjectWrapper.of(List.of("a", 1));
        List<@Nullable Object> objects = new ArrayList<>();
        objects.add(object);
        objects.add(null);
        Row row = Row.of(object, objects, LocalTime.parse("23:59:59.999"), List.of(LocalTime.MIDNIGHT));
        TypeSerializer<Row> serializer = FlinkRows.type(schema).createSerializer(new SerializerConfigImpl());

        Row through = serializer.deserialize(
                new DataInputDeserializer(serialized(serializer, internal(FlinkRows.of(schema), row))));

        assertThat(read(schema, through)).isEqualTo(comparable(row));
    }

    /** Live type, Java value, and what it does not fit in. */
    static final List<Arguments> MISFITS = List.of(
            misfit("time", LocalTime.MAX, DataTypes.TIME(3), "TIME(3), which keeps milliseconds only"),
            misfit("date", LocalDate.MAX, DataTypes.DATE(), "DATE, which holds 32 bits of days"),
            misfit(
                    "datetime_naive",
                    LocalDateTime.MAX,
                    DataTypes.TIMESTAMP(9),
                    "TIMESTAMP(9), which holds 64 bits of milliseconds"),
            misfit(
                    "datetime_utc",
                    Instant.MIN,
                    DataTypes.TIMESTAMP_LTZ(9),
                    "TIMESTAMP_LTZ(9), which holds 64 bits of milliseconds"),
            misfit(
                    "datetime_naive",
                    LocalDateTime.parse("1969-12-31T23:59:59.999"),
                    DataTypes.TIMESTAMP(0),
                    "TIMESTAMP(0), which keeps 0 digits of a second"),
            misfit(
                    "datetime_utc",
                    Instant.ofEpochSecond(-1, 999_999_000),
                    DataTypes.TIMESTAMP_LTZ(3),
                    "TIMESTAMP_LTZ(3), which keeps 3 digits of a second"),
            misfit("float", 0.123456789, DataTypes.FLOAT(), "FLOAT, which keeps about seven digits"),
            misfit("float", 1e300, DataTypes.FLOAT(), "FLOAT, which keeps about seven digits"),
            misfit("int", 128L, DataTypes.TINYINT(), "TINYINT, which holds -128 to 127"),
            misfit("int", -32769L, DataTypes.SMALLINT(), "SMALLINT, which holds -32768 to 32767"),
            misfit("int", 1L << 31, DataTypes.INT(), "INT, which holds -2147483648 to 2147483647"),
            misfit(
                    "duration",
                    Duration.ofDays(365_000),
                    DataTypes.BIGINT(),
                    "BIGINT, which holds 64 bits of nanoseconds, which are 292 years"),
            misfit(
                    "duration",
                    Duration.ofNanos(1),
                    DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3)),
                    "INTERVAL DAY(2) TO SECOND(3), which keeps milliseconds only"),
            misfit(
                    "duration",
                    Duration.ofSeconds(Long.MAX_VALUE),
                    DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3)),
                    "INTERVAL DAY(2) TO SECOND(3), which holds 64 bits of milliseconds"));

    @ParameterizedTest
    @FieldSource("MISFITS")
    void aValueThatFlinkWouldNotKeepIsRefused(String type, Object value, DataType flink, String problem) {
        FlinkValues.Writer writer = FlinkValues.writer(flink.getLogicalType(), LiveType.parse(type));

        assertThatThrownBy(() -> writer.apply(value))
                .isInstanceOf(IllegalValueException.class)
                .hasMessage(value + " doesn't fit in Flink's type " + problem);
    }

    /** Live type, Java value, another Flink type than the one that the live type has. */
    static final List<Arguments> OTHER_TYPES = List.of(
            Arguments.of("int", -128L, DataTypes.TINYINT()),
            Arguments.of("int", 32767L, DataTypes.SMALLINT()),
            Arguments.of("int", -7L, DataTypes.INT()),
            Arguments.of("float", 0.1, DataTypes.FLOAT()),
            Arguments.of("float", -0.0, DataTypes.FLOAT()),
            Arguments.of("str", "é", DataTypes.VARCHAR(3)),
            Arguments.of("datetime_utc", Instant.ofEpochMilli(-1), DataTypes.TIMESTAMP_LTZ(3)),
            Arguments.of("datetime_naive", LocalDateTime.parse("1969-12-31T23:59:59"), DataTypes.TIMESTAMP(0)),
            Arguments.of("duration", Duration.ofNanos(-1), DataTypes.BIGINT()),
            Arguments.of(
                    "duration", Duration.ofMillis(-1500), DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3))),
            Arguments.of("json", Json.parse("{\"b\":1.0,\"a\":[]}"), DataTypes.STRING()),
            Arguments.of("pointer", Pointer.of(42), DataTypes.STRING()),
            Arguments.of("object", ObjectWrapper.of("a"), DataTypes.BYTES()),
            Arguments.of("decimal(5, 2)", new BigDecimal("-0.10"), DataTypes.DECIMAL(5, 2)),
            Arguments.of(
                    "ndarray<float>",
                    NdArray.of(new long[] {2, 1}, new double[] {0.5, -0.0}),
                    DataTypes.ROW(
                            DataTypes.FIELD("shape", DataTypes.ARRAY(DataTypes.BIGINT())),
                            DataTypes.FIELD("elements", DataTypes.ARRAY(DataTypes.DOUBLE())))),
            Arguments.of(
                    "ndarray<int>",
                    NdArray.of(new long[] {0}, new long[0]),
                    DataTypes.ROW(
                            DataTypes.FIELD("shape", DataTypes.ARRAY(DataTypes.INT())),
                            DataTypes.FIELD("elements", DataTypes.ARRAY(DataTypes.SMALLINT())))),
            Arguments.of("list<pointer>", List.of(Pointer.of(1)), DataTypes.ARRAY(DataTypes.STRING())),
            Arguments.of(
                    "tuple<json, duration?>",
                    Tuple.of(Json.parse("1"), null),
                    DataTypes.ROW(DataTypes.STRING(), DataTypes.BIGINT())),
            Arguments.of("map<int>", Map.of("a", 1L), DataTypes.MAP(DataTypes.VARCHAR(5), DataTypes.INT())),
            Arguments.of(
                    "row<a pointer>",
                    Map.of("a", Pointer.of(1)),
                    DataTypes.ROW(DataTypes.FIELD("a", DataTypes.STRING()))));

    @ParameterizedTest
    @FieldSource("OTHER_TYPES")
    void aValueComesBackFromOtherTypesThatCanHoldIt(String type, Object value, DataType flink) {
        LogicalType physical = flink.getLogicalType();
        LiveType live = LiveType.parse(type);

        Object written = FlinkValues.writer(physical, live).apply(value);

        assertThat(FlinkValues.reader(physical, live).apply(written)).isEqualTo(value);
    }

    private static Arguments misfit(String type, Object value, DataType flink, String problem) {
        return Arguments.of(type, value, flink, problem);
    }

    private static Schema schema(RandomRows random) {
        return new Schema(random.schema(DEPTH).columns().stream()
                .filter(column -> !TIME.matcher(column.type().toString()).find())
                .filter(FlinkValuesTest::hasNames)
                .toList());
    }

    /** Whether Flink takes the names of the column and of what is nested in it. */
    private static boolean hasNames(Column column) {
        try {
            return !column.name().isBlank()
                    && !LiveTypes.dataType(column.type()).toString().isEmpty();
        } catch (MirrorException e) {
            assertThat(e).hasMessageEndingWith("but Flink takes no name of white space alone");
            return false;
        }
    }

    /** The same row for the same seed, made of other objects. */
    private static Row row(int seed, Schema schema) {
        RandomRows random = new RandomRows(-1 - seed);
        return Row.of(
                schema.columns().stream().map(Column::type).map(random::value).toArray());
    }

    private static Row internal(FlinkRows flink, Row row) {
        Row internal = new Row(row.getArity());
        for (int i = 0; i < row.getArity(); i++) {
            internal.setField(i, flink.value(i, row.getField(i)));
        }
        return internal;
    }

    private static List<@Nullable Object> read(Schema schema, Row internal) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < internal.getArity(); i++) {
            LiveType type = schema.columns().get(i).type();
            Object value = internal.getField(i);
            values.add(RandomRows.comparable(
                    value == null
                            ? null
                            : FlinkValues.reader(LiveTypes.dataType(type).getLogicalType(), type)
                                    .apply(value)));
        }
        return values;
    }

    private static List<@Nullable Object> comparable(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            values.add(RandomRows.comparable(row.getField(i)));
        }
        return values;
    }

    private static byte[] serialized(TypeSerializer<Row> serializer, Row row) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(Objects.requireNonNull(row), out);
        return out.getCopyOfBuffer();
    }
}
