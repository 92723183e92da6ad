package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.RandomRows;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LongNdArray;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rows of random schemas of all types but objects, written here in each format, are read as they were. */
class RoundTripTest {

    private static final Place FILE = Place.file("rows");
    private static final int SEEDS = 1000;
    private static final int DEPTH = 5;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    @Test
    void csv() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Schema schema = schema(seed);
            List<Row> rows = rows(seed, schema, false);
            String text = Stream.concat(
                            Stream.of(String.join(",", schema.names())),
                            rows.stream().map(row -> cells(schema, row, RoundTripTest::csvCell, ",")))
                    .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\r\n"));

            assertSame(seed, schema, rows, all(new CsvRowReader(FILE, schema, SchemaOrigin.GIVEN, bytes(text))));
        }
    }

    @Test
    void jsonLines() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Schema schema = schema(seed);
            List<Row> rows = rows(seed, schema, false);
            String text =
                    rows.stream().map(row -> jsonObject(random, schema, row)).collect(Collectors.joining("\n"));

            assertSame(
                    seed,
                    schema,
                    rows,
                    all(new RowReading(FileFormat.JSONL, schema, SchemaOrigin.GIVEN, null).open(FILE, bytes(text))));
        }
    }

    @Test
    void markdown() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Schema schema = schema(seed);
            List<Row> rows = rows(seed, schema, true);
            String text = "| " + String.join(" | ", schema.names()) + " |\n"
                    + rows.stream()
                            .map(row -> "| " + cells(schema, row, RoundTripTest::markdownCell, " | ") + " |\n")
                            .collect(Collectors.joining());

            assertSame(
                    seed,
                    schema,
                    rows,
                    Markdown.table(text)
                            .splitOnPipesOnly()
                            .schema(schema)
                            .rows()
                            .changes());
        }
    }

    private static Schema schema(long seed) {
        RandomRows random = new RandomRows(seed);
        List<Column> columns = new ArrayList<>();
        for (long i = 0; i <= seed % 5; i++) {
            columns.add(new Column("c" + i, random.type(1 + (int) (seed % DEPTH))));
        }
        // One cell that is absent is a blank line, which is no row: so there are always two columns.
        columns.add(new Column("last", ScalarType.INT));
        return new Schema(columns);
    }

    private static List<Row> rows(long seed, Schema schema, boolean plainTexts) {
        RandomRows random = new RandomRows(seed);
        List<Row> rows = new ArrayList<>();
        for (long i = seed % 7; i > 0; i--) {
            Row row = new Row(schema.columns().size());
            for (int field = 0; field < row.getArity(); field++) {
                LiveType type = schema.columns().get(field).type();
                Object value = random.value(type);
                // A json? in JSON Lines can't be JSON's own null.
                boolean isNull = type.isOptional()
                        && value instanceof Json json
                        && json.toString().equals("null");
                row.setField(field, isNull ? null : plainTexts ? plain(value) : value);
            }
            rows.add(row);
        }
        return rows;
    }

    /** A value that a cell of a markdown table can hold: its text is not empty, and has no spaces around it. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof String text) {
            return "x" + text.replaceAll("[\\s\\p{C}\\p{Z}]", "") + "x";
        }
        return value instanceof byte[] bytes && bytes.length == 0 ? new byte[1] : value;
    }

    private static void assertSame(long seed, Schema schema, List<Row> rows, List<Row> read) {
        assertThat(read.stream().map(RoundTripTest::comparable))
                .as("seed %d, schema %s", seed, schema)
                .containsExactlyElementsOf(
                        rows.stream().map(RoundTripTest::comparable).toList());
    }

    private static Object comparable(Row row) {
        return IntStream.range(0, row.getArity())
                .mapToObj(i -> RandomRows.comparable(asRead(row.getField(i))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The value as its JSON can tell it: without JSON's null where it means absence, or lengths behind one of 0. */
    private static @Nullable Object asRead(@Nullable Object value) {
        if (value instanceof NdArray array) {
            long[] shape = array.shape();
            int zero = IntStream.range(0, shape.length)
                    .filter(i -> shape[i] == 0)
                    .findFirst()
                    .orElse(shape.length - 1);
            long[] told = Arrays.copyOf(shape, zero + 1);
            return array instanceof LongNdArray integers
                    ? NdArray.of(told, integers.elements())
                    : NdArray.of(told, ((DoubleNdArray) array).elements());
        }
        if (value instanceof Json json) {
            return json.toString().equals("null") ? null : json;
        }
        if (value instanceof Tuple tuple) {
            return Tuple.of(tuple.toList().stream().map(RoundTripTest::asRead).toArray());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RoundTripTest::asRead).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((name, content) -> entries.put(name, asRead(content)));
            return entries;
        }
        return value;
    }

    private static String cells(
            Schema schema, Row row, BiFunction<LiveType, @Nullable Object, String> writer, String separator) {
        return IntStream.range(0, row.getArity())
                .mapToObj(i -> writer.apply(schema.columns().get(i).type(), row.getField(i)))
                .collect(Collectors.joining(separator));
    }

    private static String csvCell(LiveType type, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Long
                ? value.toString()
                : '"' + cell(type, value).replace("\"", "\"\"") + '"';
    }

    private static String markdownCell(LiveType type, @Nullable Object value) {
        return value == null ? "None" : cell(type, value).replace("|", "\\|");
    }

    /** Scalars are plain texts, others JSON. */
    private static String cell(LiveType type, Object value) {
        return type.nesting() > 0 || value instanceof NdArray ? json(value) : text(value);
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ObjectWrapper<?> object) {
            return text(object.toBytes());
        }
        return value instanceof Duration duration && duration.toNanosPart() % 2 == 0
                ? nanos(duration).toString()
                : value.toString();
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .multiply(BigDecimal.valueOf(NANOS_PER_SECOND))
                .add(BigDecimal.valueOf(duration.getNano()));
    }

    private static String jsonObject(Random random, Schema schema, Row row) {
        return IntStream.range(0, row.getArity())
                .filter(i -> row.getField(i) != null || random.nextBoolean())
                .mapToObj(i -> '"' + schema.names().get(i) + "\": " + json(row.getField(i)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RoundTripTest::json).collect(Collectors.joining(" , ", "[", " ]"));
        }
        if (value instanceof Tuple tuple) {
            return json(tuple.toList());
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{ ", "}"));
        }
        if (value instanceof NdArray array) {
            return ndArray(array, 0, 0);
        }
        return value == null ? "null" : isPlain(value) ? text(value) : jsonString(text(value));
    }

    private static boolean isPlain(Object value) {
        return value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof Json
                || (value instanceof Duration duration && duration.toNanosPart() % 2 == 0);
    }

    /** The part of an array that begins at an element, from a dimension on. */
    private static String ndArray(NdArray array, int dimension, int offset) {
        long[] shape = array.shape();
        if (dimension == shape.length) {
            return array instanceof LongNdArray integers
                    ? String.valueOf(integers.elements()[offset])
                    : String.valueOf(((DoubleNdArray) array).elements()[offset]);
        }
        int stride = (int) Arrays.stream(shape, dimension + 1, shape.length).reduce(1, (left, right) -> left * right);
        return IntStream.range(0, (int) shape[dimension])
                .mapToObj(i -> ndArray(array, dimension + 1, offset + i * stride))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String jsonString(String text) {
        return '"' + text.chars().mapToObj(RoundTripTest::jsonCharacter).collect(Collectors.joining()) + '"';
    }

    private static String jsonCharacter(int character) {
        boolean plain = character >= ' ' && character != '"' && character != '\\';
        return plain ? Character.toString(character) : "\\u%04x".formatted(character);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> all(RowReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Row row = reader.read(); row != null; row = reader.read()) {
            rows.add(row);
        }
        return rows;
    }
}
