package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.compression.StandardDeCompressors;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A text file as a live table: bounded, read once, in the order of its rows.
 *
 * <p>A CSV file has a header line. An empty cell without quotes is an absent value, {@code ""} is an empty text; cells
 * keep their spaces, names of columns don't. A JSON Lines file has one object a line; a field that is missing or null is
 * an absent value. Both are read row by row and never held in memory. Columns or fields that a given schema doesn't name
 * are left out, also those of nested rows.
 *
 * <p>A cell of a nested type holds JSON. A null in JSON Lines, and {@code null} in a cell, is JSON's own null for the type
 * {@code json}, and is there; for {@code json?} a null in JSON Lines is absent, but {@code null} in a cell is there, as
 * an empty cell is how a cell is absent.
 *
 * <p>A markdown file is read as {@link Markdown} does, split on pipes only, from the first table that it holds; a file
 * without any pipe is one table split on white space. A column named {@code id} is a column there. It is held in memory.
 *
 * <p>Without a schema the columns are inferred from the first 10,000 rows. Of a format without types, a column is {@code
 * int}, {@code float} or {@code bool} if all its cells look so, else {@code str}: also for numbers that a type would
 * spoil ({@code 007}, {@code +49301234}, integers beyond 64 bits). A column is optional if a value was absent.
 *
 * <p>Objects of this class can't be changed, and belong to one thread.
 */
public final class TextFile {

    /** The metric, a counter, that tells how many rows of a file have been read. */
    public static final String ROWS_READ = "rowsRead";

    private final Path path;
    private final String name;
    private final TextFormat format;
    private final Optional<Schema> given;
    private @Nullable Schema resolved;
    private @Nullable LiveRows markdown;

    private TextFile(Path path, String name, TextFormat format, Optional<Schema> given) {
        this.path = path;
        this.name = name;
        this.format = format;
        this.given = given;
    }

    /** A file of that format; it is opened when its schema or its rows are asked for. */
    public static TextFile of(Path path, TextFormat format) {
        return new TextFile(path, path.toString(), format, Optional.empty());
    }

    /** This file under another name in errors, for one that the user doesn't know by its own. */
    public TextFile named(String otherName) {
        return new TextFile(path, otherName, format, given);
    }

    /** This file with its columns given. */
    public TextFile schema(Schema schema) {
        return new TextFile(path, name, format, Optional.of(schema));
    }

    /**
     * This file with its columns given as text like {@code key int, value str?}.
     *
     * @throws MirrorException if the text is no schema
     */
    public TextFile schema(String schema) {
        return schema(Schema.parse(schema));
    }

    /**
     * The columns: those given, or those inferred from the first rows.
     *
     * @throws MirrorException if the file can't be read, doesn't have the columns, or its rows don't tell them
     */
    public Schema schema() {
        if (resolved == null) {
            resolved = resolve();
        }
        return resolved;
    }

    /**
     * Whether no row is ever deleted, which only a markdown table's {@code __diff__} can say.
     *
     * @throws MirrorException if the file can't be read
     */
    public boolean insertOnly() {
        return format != TextFormat.MARKDOWN || markdown().insertOnly();
    }

    /**
     * The changes that make the file's rows, as a bounded stream of one task, which keeps their order.
     *
     * <p>The task counts the rows that it has read as its metric {@link #ROWS_READ}. It fails with a {@link
     * MirrorException} that names file, line and column at the first row that can't be read.
     *
     * @throws MirrorException if the file can't be opened, doesn't have the columns, or its rows don't tell them
     */
    public DataStream<Row> changes(StreamExecutionEnvironment env) {
        Schema schema = schema();
        DataStream<Row> rows = format == TextFormat.MARKDOWN ? markdown().toStream(env) : source(env, schema);
        return rows.map(new RowCounter(FlinkRows.type(schema)))
                .setParallelism(1)
                .name("rows of " + name);
    }

    private DataStream<Row> source(StreamExecutionEnvironment env, Schema schema) {
        SchemaOrigin origin = given.isPresent() ? SchemaOrigin.GIVEN : SchemaOrigin.INFERRED;
        RowStreamFormat rows = new RowStreamFormat(name, format, schema, origin);
        FileSource<Row> source = FileSource.forRecordStreamFormat(
                        rows,
                        new org.apache.flink.core.fs.Path(path.toAbsolutePath().toUri()))
                // Flink's own enumerator passes over files whose names begin with "_" or "."
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(file -> true))
                .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, FlinkRows.type(schema))
                .setParallelism(1);
    }

    private Schema resolve() {
        if (format == TextFormat.MARKDOWN) {
            return markdown().schema();
        }
        try (InputStream bytes = open()) {
            return given.isPresent() ? checked(given.get(), bytes) : inferred(bytes);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Schema inferred(InputStream bytes) throws IOException {
        return switch (format) {
            case CSV -> SchemaInference.ofCsv(new CsvRecords(file(), bytes));
            case JSONL -> SchemaInference.ofJsonLines(file(), new JsonLines(file(), bytes));
            case MARKDOWN -> markdown().schema();
        };
    }

    /** Reads what comes before the first row, so that a missing column is found before anything runs. */
    private Schema checked(Schema schema, InputStream bytes) throws IOException {
        if (format == TextFormat.CSV) {
            new CsvRowReader(file(), schema, SchemaOrigin.GIVEN, bytes).close();
        }
        return schema;
    }

    private LiveRows markdown() {
        if (markdown == null) {
            markdown = MarkdownDocument.read(file(), text()).rows(given);
        }
        return markdown;
    }

    private String text() {
        try (InputStream bytes = open()) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            var reader = Utf8.reader(bytes);
            for (int length = reader.read(part); length >= 0; length = reader.read(part)) {
                text.append(part, 0, length);
            }
            return text.toString();
        } catch (CharacterCodingException e) {
            throw file().error("the file is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Opens the file as Flink's file source will, which unpacks compressed files by their names' endings. */
    private InputStream open() throws IOException {
        if (!Files.exists(path)) {
            throw file().error("there is no such file");
        }
        if (Files.isDirectory(path)) {
            throw file().error("this is a directory, but a file is needed");
        }
        InputStream bytes = Files.newInputStream(path);
        var unpacker = StandardDeCompressors.getDecompressorForFileName(path.toString());
        return unpacker == null ? bytes : unpacker.create(bytes);
    }

    private MirrorException unreadable(IOException e) {
        return file().error("the file can't be read: " + e.getMessage(), e);
    }

    private Place file() {
        return Place.file(name);
    }
}
