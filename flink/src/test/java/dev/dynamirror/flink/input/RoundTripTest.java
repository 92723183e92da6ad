package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rows of random schemas, written by hand in each format, are read as they were. */
class RoundTripTest {

    private static final Place FILE = Place.file("rows");
    private static final int SEEDS = 300;
    private static final List<ScalarType> TYPES = List.of(
            ScalarType.BOOL,
            ScalarType.INT,
            ScalarType.FLOAT,
            ScalarType.STR,
            ScalarType.BYTES,
            ScalarType.DATETIME_NAIVE,
            ScalarType.DATETIME_UTC);

    @Test
    void csv() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Schema schema = schema(random);
            List<Row> rows = rows(random, schema, false);
            String text = Stream.concat(
                            Stream.of(String.join(",", schema.names())),
                            rows.stream().map(row -> cells(row, RoundTripTest::csvCell, ",")))
                    .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\r\n"));

            assertThat(all(new CsvRowReader(FILE, schema, SchemaOrigin.GIVEN, bytes(text))))
                    .as("seed %d", seed)
                    .isEqualTo(rows);
        }
    }

    @Test
    void jsonLines() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Schema schema = schema(random);
            List<Row> rows = rows(random, schema, false);
            String text =
                    rows.stream().map(row -> jsonObject(random, schema, row)).collect(Collectors.joining("\n"));

            assertThat(all(new JsonRowReader(FILE, schema, SchemaOrigin.GIVEN, bytes(text))))
                    .as("seed %d", seed)
                    .isEqualTo(rows);
        }
    }

    @Test
    void markdown() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Schema schema = schema(random);
            List<Row> rows = rows(random, schema, true);
            String text = "| " + String.join(" | ", schema.names()) + " |\n"
                    + rows.stream()
                            .map(row -> "| " + cells(row, RoundTripTest::markdownCell, " | ") + " |\n")
                            .collect(Collectors.joining());

            assertThat(Markdown.table(text)
                            .splitOnPipesOnly()
                            .schema(schema)
                            .rows()
                            .changes())
                    .as("seed %d", seed)
                    .isEqualTo(rows);
        }
    }

    private static Schema schema(Random random) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            ScalarType type = TYPES.get(random.nextInt(TYPES.size()));
            columns.add(new Column("c" + i, random.nextBoolean() ? type.optional() : type));
        }
        // One cell that is absent is a blank line, which is no row: so there are always two columns.
        columns.add(new Column("last", ScalarType.INT));
        return new Schema(columns);
    }

    private static List<Row> rows(Random random, Schema schema, boolean plainTexts) {
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            Row row = new Row(schema.columns().size());
            for (int field = 0; field < row.getArity(); field++) {
                Column column = schema.columns().get(field);
                boolean absent = column.type().isOptional() && random.nextInt(3) == 0;
                row.setField(
                        field,
                        absent ? null : value(random, (ScalarType) column.type().required(), plainTexts));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object value(Random random, ScalarType type, boolean plainTexts) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> finite(random);
            case STR -> plainTexts ? "x" + text(random).replaceAll("\\s", "") + "x" : text(random);
            case BYTES -> bytes(random, plainTexts ? 1 : 0);
            case DATETIME_NAIVE -> LocalDateTime.ofInstant(instant(random), ZoneOffset.UTC);
            case DATETIME_UTC -> instant(random);
            default -> throw new IllegalArgumentException("not written here: " + type);
        };
    }

    private static double finite(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : -0.0;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    }

    private static byte[] bytes(Random random, int least) {
        byte[] bytes = new byte[least + random.nextInt(10)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random) {
        int[] alphabet = "ab ,\"'\\\n\r\t|é名\uD83D\uDE00#{}[]:0".codePoints().toArray();
        return random.ints(random.nextInt(8), 0, alphabet.length)
                .mapToObj(i -> Character.toString(alphabet[i]))
                .collect(Collectors.joining());
    }

    private interface CellWriter {
        String write(@Nullable Object value);
    }

    private static String cells(Row row, CellWriter writer, String separator) {
        return IntStream.range(0, row.getArity())
                .mapToObj(i -> writer.write(row.getField(i)))
                .collect(Collectors.joining(separator));
    }

    private static String csvCell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Long ? value.toString() : '"' + plain(value).replace("\"", "\"\"") + '"';
    }

    private static String markdownCell(@Nullable Object value) {
        return value == null ? "None" : plain(value).replace("|", "\\|");
    }

    private static String jsonObject(Random random, Schema schema, Row row) {
        return IntStream.range(0, row.getArity())
                .filter(i -> row.getField(i) != null || random.nextBoolean())
                .mapToObj(i -> '"' + schema.names().get(i) + "\": " + jsonValue(row.getField(i)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String jsonValue(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : '"'
                        + plain(value)
                                .chars()
                                .mapToObj(RoundTripTest::jsonCharacter)
                                .collect(Collectors.joining())
                        + '"';
    }

    private static String jsonCharacter(int character) {
        boolean plain = character >= ' ' && character != '"' && character != '\\';
        return plain ? Character.toString(character) : "\\u%04x".formatted(character);
    }

    private static String plain(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> all(StreamFormat.Reader<Row> reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Row row = reader.read(); row != null; row = reader.read()) {
            rows.add(row);
        }
        return rows;
    }
}
