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
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run jobs in a Flink inside this JVM. */
class FileInputStreamTest {

    @TempDir
    Path folder;

    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(3);

    @Test
    void rowsOfACsvFileComeInOrder() throws Exception {
        FileInput file = csv("rows.csv", """
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
        FileInput file = FileInput.of(write("rows.jsonl", """
                {"key": 1, "value": "Hello"}
                {"key": 2}
                {"key": 3, "value": "Hi"}
                """), FileFormat.JSONL);

        assertThat(file.schema()).hasToString("key int, value str?");
        assertThat(run(file.changes(env)))
                .isEqualTo(expected(file.schema(), Row.of(1L, "Hello"), Row.of(2L, null), Row.of(3L, "Hi")));
    }

    @Test
    void changesOfAMarkdownFileComeInOrderWithTheirKinds() throws Exception {
        FileInput file = FileInput.of(write("rows.md", """
                # A stream

                key | value | __time__ | __diff__
                1   | Hello | 2        | 1
                1   | Hello | 4        | -1
                1   | Salut | 4        | 1
                """), FileFormat.MARKDOWN);

        assertThat(run(file.changes(env)))
                .isEqualTo(expected(
                        file.schema(),
                        Row.ofKind(RowKind.INSERT, 1L, "Hello"),
                        Row.ofKind(RowKind.INSERT, 1L, "Salut"),
                        Row.ofKind(RowKind.DELETE, 1L, "Hello")));
    }

    @Test
    void aTableWithoutRowsIsAStreamWithoutRows() throws Exception {
        FileInput markdown = FileInput.of(write("rows.md", "key | value"), FileFormat.MARKDOWN);

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
    void filesAreReadOneAfterAnother() throws Exception {
        StringBuilder long1 = new StringBuilder("key,value\n");
        for (int key = 0; key < 20_000; key++) {
            long1.append(key).append(",1\n");
        }
        write("1.csv", long1.toString());
        write("2.csv", "value,key\n2,1\n");
        write("3.csv", "key,value\n1,3\n");
        FileInput files = FileInput.of(List.of(folder + "/?.csv"), FileFormat.CSV);

        List<Row> rows = run(files.changes(env));

        assertThat(rows).hasSize(20_002);
        assertThat(rows.subList(19_999, 20_002)).containsExactly(Row.of(19_999L, 1L), Row.of(1L, 2L), Row.of(1L, 3L));
    }

    @Test
    void aColumnSaysWhatHappensToARow() throws Exception {
        FileInput words = csv("words.csv", """
                op,key,value
                insert,1,a
                U,1,b
                -U,1,b
                +U,1,c
                Delete,1,
                """).changeColumn("op").primaryKey(List.of("key"));

        assertThat(words.schema()).hasToString("key int, value str?");
        assertThat(words.upsertKey()).containsExactly("key");
        assertThat(run(words.changes(env)))
                .isEqualTo(expected(
                        words.schema(),
                        Row.of(1L, "a"),
                        Row.ofKind(RowKind.UPDATE_AFTER, 1L, "b"),
                        Row.ofKind(RowKind.UPDATE_AFTER, 1L, "c"),
                        Row.ofKind(RowKind.DELETE, 1L, null)));

        FileInput diffs = FileInput.of(write("diffs.jsonl", """
                {"key": 1, "diff": 1}
                {"key": 1, "diff": -1}
                """), FileFormat.JSONL)
                .changeColumn("diff")
                .schema("key int");
        assertThat(diffs.upsertKey()).isEmpty();
        assertThat(diffs.insertOnly()).isFalse();
        assertThat(run(diffs.changes(env)))
                .isEqualTo(expected(diffs.schema(), Row.of(1L), Row.ofKind(RowKind.DELETE, 1L)));
    }

    @Test
    void whatAColumnCantSayIsAnErrorOfItsRow() throws Exception {
        FileInput words = csv("words.csv", "op,key\ninsert,1\ntruncate,2\n").changeColumn("op");
        assertThatThrownBy(() -> run(words.changes(env)))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowable(e, MirrorException.class))
                        .hasValueSatisfying(error -> assertThat(error)
                                .hasMessage(
                                        folder + "/words.csv, line 3, column \"op\": expected insert, update or delete,"
                                                + " but found \"truncate\"")));
        assertThatThrownBy(() -> csv("none.csv", "key\n1\n").changeColumn("op").schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        folder + "/none.csv: there is no column \"op\", which should say what happens to a row; there"
                                + " are key");
        assertThatThrownBy(() ->
                        csv("float.csv", "key,op\n1,0.5\n").changeColumn("op").schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/float.csv, column \"op\": expected words like insert, update and delete, or the"
                        + " numbers 1 and -1, in all rows, but found values of the type float");
    }

    @Test
    void eventsOfDebeziumThatTellNoRowAreErrors() throws Exception {
        for (String[] each : List.of(
                new String[] {
                    "{\"id\": 1}",
                    "expected a change event of Debezium like {\"before\": null, \"after\":"
                            + " {\"key\": 1}, \"op\": \"c\"}, but there is no \"op\""
                },
                new String[] {
                    "{\"op\": \"d\", \"before\": null}",
                    "\"before\" is absent; a database that doesn't log the key"
                            + " of a deleted row can't be mirrored: see REPLICA IDENTITY of PostgreSQL"
                },
                new String[] {
                    "{\"op\": \"t\"}",
                    "\"op\" is \"t\", which can't be mirrored; expected \"c\", \"r\", \"u\"," + " \"d\" or \"m\""
                },
                new String[] {"{\"op\": \"c\", \"after\": [1]}", "\"after\" is an array, but must be an object"})) {
            FileInput events = FileInput.of(write("events.json", each[0] + "\n"), FileFormat.DEBEZIUM_JSON);
            assertThatThrownBy(events::schema)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(folder + "/events.json, line 1: " + each[1]);
        }
    }

    @Test
    void columnsThatAreInferredAreThoseOfAllFiles() throws Exception {
        write("1.csv", "key,value\n1,a\n");
        write("2.csv", "key,valu\n1,a\n");
        FileInput files = FileInput.of(folder, FileFormat.CSV);

        assertThatThrownBy(files::schema)
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + "/2.csv: the columns are key, valu, but those of " + folder
                        + "/1.csv are key, value; a schema can say which are meant");
        assertThat(files.schema("key int").schema()).hasToString("key int");
    }

    @Test
    void aLongFileStreamsToTheFirstBadRow() throws Exception {
        StringBuilder good = new StringBuilder("key,value\n");
        List<Row> expected = new ArrayList<>();
        for (long key = 0; key < 50_000; key++) {
            good.append(key).append(",value ").append(key).append('\n');
            expected.add(Row.of(key, "value " + key));
        }

        FileInput file = csv("good.csv", good.toString());
        assertThat(run(file.changes(env))).isEqualTo(expected(file.schema(), expected.toArray(Row[]::new)));

        FileInput bad = csv("bad.csv", good + "x,y\n");
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
        for (FileInput file : List.of(
                csv("rows.csv", "a\n\"1\"2\n"),
                csv("open.csv", "a\n\"1\n"),
                FileInput.of(write("rows.jsonl", "{\"a\": x}"), FileFormat.JSONL),
                FileInput.of(write("open.jsonl", "{\"a\": "), FileFormat.JSONL),
                FileInput.of(
                        Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xFC}),
                        FileFormat.CSV))) {
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
        assertThat(after(2, FileFormat.CSV, write("rows.csv", "a\n1\n2\n3\n"))).containsExactly(3L);
        assertThat(after(2, FileFormat.JSONL, write("rows.jsonl", "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n")))
                .containsExactly(3L);
        assertThat(after(3, FileFormat.CSV, folder.resolve("rows.csv"))).isEmpty();
        Path numbers = ParquetInputTest.resource("numbers.parquet");
        assertThat(after(120, FileFormat.PARQUET, numbers))
                .isEqualTo(LongStream.rangeClosed(121, 250).boxed().toList());
        assertThat(after(250, FileFormat.PARQUET, numbers)).isEmpty();
    }

    /** The values of a file's only column in the rows after those that a checkpoint has. */
    private static List<@Nullable Object> after(long rowsBefore, FileFormat format, Path path) throws IOException {
        RowFileFormat files =
                new RowFileFormat(List.of(), new RowReading(format, Schema.parse("a int"), SchemaOrigin.GIVEN, null));
        long length = Files.size(path);
        FileSourceSplit split = new FileSourceSplit(
                "0",
                new org.apache.flink.core.fs.Path(path.toUri()),
                0,
                length,
                0,
                length,
                new String[0],
                new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, rowsBefore));
        List<@Nullable Object> values = new ArrayList<>();
        long skip = rowsBefore;
        try (BulkFormat.Reader<Row> reader = files.restoreReader(new Configuration(), split)) {
            for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                for (RecordAndPosition<Row> row = batch.next(); row != null; row = batch.next()) {
                    // The position of the next row, to go on from.
                    assertThat(row.getRecordSkipCount()).isEqualTo(++skip);
                    values.add(row.getRecord().getField(0));
                }
            }
        }
        return values;
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

    private FileInput csv(String name, String text) throws IOException {
        return FileInput.of(write(name, text), FileFormat.CSV);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
