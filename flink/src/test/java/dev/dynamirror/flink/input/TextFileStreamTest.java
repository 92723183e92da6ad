package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run jobs in a Flink inside this JVM. */
class TextFileStreamTest {

    @TempDir
    Path folder;

    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(3);

    @Test
    void rowsOfACsvFileComeInOrder() throws Exception {
        TextFile file = csv("rows.csv", """
                key,skipped,utc,data,naive,price,on,note
                1,x,2025-01-17T10:30:00Z,AQI=,2025-01-17 10:30:00,1.5,true,"a, ""b\"""
                2,,,,,,,
                """)
                .schema("key int, note str?, price float?, on bool?, data bytes?, naive datetime_naive?,"
                        + " utc datetime_utc?");

        assertThat(file.insertOnly()).isTrue();
        assertThat(run(file.changes(env)))
                .isEqualTo(expected(
                        file.schema(),
                        Row.of(
                                1L,
                                "a, \"b\"",
                                1.5,
                                true,
                                new byte[] {1, 2},
                                LocalDateTime.parse("2025-01-17T10:30:00"),
                                Instant.parse("2025-01-17T10:30:00Z")),
                        Row.of(2L, null, null, null, null, null, null)));
    }

    @Test
    void rowsOfAJsonLinesFileComeInOrder() throws Exception {
        TextFile file = TextFile.of(write("rows.jsonl", """
                {"key": 1, "value": "Hello"}
                {"key": 2}
                {"key": 3, "value": "Hi"}
                """), TextFormat.JSONL);

        assertThat(file.schema()).hasToString("key int, value str?");
        assertThat(run(file.changes(env)))
                .isEqualTo(expected(file.schema(), Row.of(1L, "Hello"), Row.of(2L, null), Row.of(3L, "Hi")));
    }

    @Test
    void changesOfAMarkdownFileComeInOrderWithTheirKinds() throws Exception {
        TextFile file = TextFile.of(write("rows.md", """
                # A stream

                key | value | __time__ | __diff__
                1   | Hello | 2        | 1
                1   | Hello | 4        | -1
                1   | Salut | 4        | 1
                """), TextFormat.MARKDOWN);

        assertThat(run(file.changes(env)))
                .isEqualTo(expected(
                        file.schema(),
                        Row.ofKind(RowKind.INSERT, 1L, "Hello"),
                        Row.ofKind(RowKind.INSERT, 1L, "Salut"),
                        Row.ofKind(RowKind.DELETE, 1L, "Hello")));
    }

    @Test
    void aTableWithoutRowsIsAStreamWithoutRows() throws Exception {
        TextFile markdown = TextFile.of(write("rows.md", "key | value"), TextFormat.MARKDOWN);

        assertThat(run(markdown.changes(env)
                        .union(csv("rows.csv", "key,value\n").changes(env))))
                .isEmpty();
    }

    /** Flink's own enumerator of files passes over such names without a word. */
    @Test
    void anyFileNameWillDo() throws Exception {
        DataStream<Row> changes = csv("_a.csv", "key\n1\n").changes(env);
        for (String name : List.of(".b.csv", "c d%20#1?.csv")) {
            changes = changes.union(csv(name, "key\n1\n").changes(env));
        }

        assertThat(run(changes)).hasSize(3);
    }

    @Test
    void aLongFileStreamsToTheFirstBadRow() throws Exception {
        StringBuilder good = new StringBuilder("key,value\n");
        List<Row> expected = new ArrayList<>();
        for (long key = 0; key < 50_000; key++) {
            good.append(key).append(",value ").append(key).append('\n');
            expected.add(Row.of(key, "value " + key));
        }

        TextFile file = csv("good.csv", good.toString());
        assertThat(run(file.changes(env))).isEqualTo(expected(file.schema(), expected.toArray(Row[]::new)));

        TextFile bad = csv("bad.csv", good + "x,y\n");
        assertThat(bad.schema()).hasToString("key int, value str");
        assertThatThrownBy(() -> run(bad.changes(env)))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowable(e, MirrorException.class))
                        .hasValueSatisfying(error -> assertThat(error)
                                .hasMessage(folder + "/bad.csv, line 50002, column \"key\": expected an int, but found"
                                        + " \"x\"; the columns were inferred from the first 10,000 rows, and a schema"
                                        + " (--schema) can say otherwise")));
    }

    @Test
    void errorsTravelFromTheTaskToTheClientWithTheirCauses() throws Exception {
        for (TextFile file : List.of(
                csv("rows.csv", "a\n\"1\"2\n"),
                csv("open.csv", "a\n\"1\n"),
                TextFile.of(write("rows.jsonl", "{\"a\": x}"), TextFormat.JSONL),
                TextFile.of(write("open.jsonl", "{\"a\": "), TextFormat.JSONL),
                TextFile.of(
                        Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xFC}),
                        TextFormat.CSV))) {
            assertThatThrownBy(file::schema).isInstanceOfSatisfying(MirrorException.class, error -> {
                MirrorException copy = clone(error);
                assertThat(copy).hasMessage(error.getMessage()).cause().isNotNull();
            });
        }
    }

    @Test
    void aTypeIsInferredFromTenThousandRows() throws Exception {
        String rows = "key\n" + "1\n".repeat(9_999);

        assertThat(csv("a.csv", rows + "x\n").schema()).hasToString("key str");
        assertThat(csv("b.csv", rows + "1\nx\n").schema()).hasToString("key int");
    }

    @Test
    void aReaderGoesOnAfterTheRowsThatACheckpointHas() throws Exception {
        for (TextFormat format : List.of(TextFormat.CSV, TextFormat.JSONL)) {
            Path path = format == TextFormat.CSV
                    ? write("rows.csv", "a\n1\n2\n3\n")
                    : write("rows.jsonl", "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n");
            StreamFormatAdapter<Row> adapter = new StreamFormatAdapter<>(
                    new RowStreamFormat(path.toString(), format, Schema.parse("a int"), SchemaOrigin.GIVEN));
            long length = Files.size(path);
            FileSourceSplit split = new FileSourceSplit(
                    "0",
                    new org.apache.flink.core.fs.Path(path.toUri()),
                    0,
                    length,
                    0,
                    length,
                    new String[0],
                    new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, 2));

            try (BulkFormat.Reader<Row> reader = adapter.restoreReader(new Configuration(), split)) {
                List<Row> rows = new ArrayList<>();
                for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                    for (RecordAndPosition<Row> row = batch.next(); row != null; row = batch.next()) {
                        rows.add(row.getRecord());
                    }
                }
                assertThat(rows).as("%s", format).containsExactly(Row.of(3L));
            }
        }
    }

    private static MirrorException clone(MirrorException error) {
        try {
            return InstantiationUtil.clone(error);
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Rows of Java's own values as Flink's runtime has them. */
    private static List<Row> expected(Schema schema, Row... rows) {
        FlinkRows converter = FlinkRows.of(schema);
        return Arrays.stream(rows)
                .map(row -> {
                    Row converted = new Row(row.getKind(), row.getArity());
                    for (int i = 0; i < row.getArity(); i++) {
                        converted.setField(i, converter.value(i, row.getField(i)));
                    }
                    return converted;
                })
                .toList();
    }

    private static List<Row> run(DataStream<Row> changes) throws Exception {
        return changes.executeAndCollect(100_000);
    }

    private TextFile csv(String name, String text) throws IOException {
        return TextFile.of(write(name, text), TextFormat.CSV);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
