package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * A file as a live table, or several of one format: bounded, read once, in the order of their rows; or followed, as they
 * change.
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
 * <p>A Parquet file says itself what its columns are; that it has no absent value in a column makes the column one that is not
 * optional. It takes the jar {@code dynamirror-parquet}.
 *
 * <p>A change column says of each row whether it comes or goes; without one they only come. Of Debezium's change events the
 * event says it. Where words say it, the rows of one primary key replace each other.
 *
 * <p>Without a schema the columns are inferred from the first 10,000 rows. Of a format without types, a column is {@code
 * int}, {@code float} or {@code bool} if all its cells look so, else {@code str}: also for numbers that a type would
 * spoil ({@code 007}, {@code +49301234}, integers beyond 64 bits). A column is optional if a value was absent.
 *
 * <p>Objects of this class can't be changed, and belong to one thread.
 */
public final class FileInput {

    /** The metric, a counter, that tells how many rows of a file have been read. */
    public static final String ROWS_READ = "rowsRead";

    private static final String DIFF = "__diff__";

    private final InputFiles inputs;
    private final FileFormat format;
    private final Choice choice;
    private @Nullable RowReading resolved;
    private @Nullable LiveRows markdown;

    private FileInput(InputFiles inputs, FileFormat format, Choice choice) {
        this.inputs = inputs;
        this.format = format;
        this.choice = choice;
    }

    /**
     * What was said about the files.
     *
     * @param name what errors call them, if they have another name than their own
     * @param schema the columns
     * @param changeColumn the column that says what happens to a row
     * @param primaryKey the columns by which a row is the same row; may be empty
     * @param followed whether changes of the files are followed
     */
    private record Choice(
            Optional<String> name,
            Optional<Schema> schema,
            Optional<String> changeColumn,
            List<String> primaryKey,
            boolean followed) {}

    /** A file of that format, or all of a directory; opened when the schema or the rows are asked for. */
    public static FileInput of(Path path, FileFormat format) {
        return of(List.of(path.toString()), format);
    }

    /**
     * All files of some inputs, one after another; opened when the schema or the rows are asked for.
     *
     * @param inputs each a file, a directory, whose files of that format are taken with those in directories below, or a
     *     pattern of names ({@code orders/2025-*.csv}, {@code **} for any directories); or the same as a URI of one of
     *     Flink's file systems. Hidden files, whose names begin with a dot or an underscore, are taken only if they are named
     */
    public static FileInput of(List<String> inputs, FileFormat format) {
        return new FileInput(
                new InputFiles(inputs),
                format,
                new Choice(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false));
    }

    /** This file under another name in errors, for one that the user doesn't know by its own. */
    public FileInput named(String otherName) {
        return with(new Choice(
                Optional.of(otherName), choice.schema, choice.changeColumn, choice.primaryKey, choice.followed));
    }

    /** This file with its columns given. */
    public FileInput schema(Schema schema) {
        return with(
                new Choice(choice.name, Optional.of(schema), choice.changeColumn, choice.primaryKey, choice.followed));
    }

    /**
     * This file with its columns given as text like {@code key int, value str?}.
     *
     * @throws MirrorException if the text is no schema
     */
    public FileInput schema(String schema) {
        return schema(Schema.parse(schema));
    }

    /**
     * This file with a column that says what happens to each row, and is none of the live table's. Its words are {@code
     * insert}, {@code update} and {@code delete} in any case, their first letters, Flink's {@code +I}, {@code -U}, {@code
     * +U}, {@code -D}, or Debezium's {@code c}, {@code r}, {@code u}, {@code d}: the rows of one primary key replace each
     * other. Or it holds numbers as Pathway writes them, by which a row comes (1) or goes (-1), whatever its key. A CSV or
     * JSON Lines file that has a column {@code __diff__} has this one without being asked.
     */
    public FileInput changeColumn(String column) {
        return with(new Choice(choice.name, choice.schema, Optional.of(column), choice.primaryKey, choice.followed));
    }

    /** This file with the columns by which a row is the same row as before. */
    public FileInput primaryKey(List<String> columns) {
        return with(new Choice(choice.name, choice.schema, choice.changeColumn, List.copyOf(columns), choice.followed));
    }

    /**
     * These files as they change, from their first look on: new files bring rows, changed and removed ones change and remove
     * them. Of the rows that have one primary key there is that of the file where it has changed last. The live table has no
     * end, and its rows are held in memory: a job can't go on from a checkpoint, but has to begin anew.
     *
     * <p>Files are looked at each second, and read again when they have not changed for another one. One that can't be read
     * then keeps its rows, and a warning is logged.
     */
    public FileInput followed() {
        return with(new Choice(choice.name, choice.schema, choice.changeColumn, choice.primaryKey, true));
    }

    /** Whether changes of the files are followed. */
    public boolean isFollowed() {
        return choice.followed;
    }

    private FileInput with(Choice other) {
        return new FileInput(inputs, format, other);
    }

    /**
     * The columns: those given, or those inferred from the first rows.
     *
     * @throws MirrorException if the file can't be read, doesn't have the columns, or its rows don't tell them
     */
    public Schema schema() {
        return reading().schema();
    }

    /**
     * Whether no row is ever changed or deleted.
     *
     * @throws MirrorException if the file can't be read
     */
    public boolean insertOnly() {
        if (choice.followed || reading().replaces()) {
            return false;
        }
        return format == FileFormat.MARKDOWN
                ? markdown().insertOnly()
                : reading().change() == null;
    }

    /**
     * The columns of the primary key by which the rows replace each other; none if they don't.
     *
     * @throws MirrorException if the file can't be read; or if the rows replace each other, and the primary key isn't given,
     *     or is no column, or may be absent
     */
    public List<String> upsertKey() {
        return choice.followed || reading().replaces()
                ? PrimaryKey.checked(choice.primaryKey, schema(), place())
                : List.of();
    }

    /**
     * The rows of followed files as they are now, read at once, and the changes that come after them; in a Flink inside this
     * JVM only.
     *
     * @param rows all rows; bounded, and they only come
     * @param changes what comes after them
     */
    public record FirstLook(DataStream<Row> rows, DataStream<Row> changes) {}

    /**
     * Reads followed files, and follows them from there on.
     *
     * @throws MirrorException as {@link #upsertKey}; or if a row can't be read
     */
    public FirstLook firstLook(StreamExecutionEnvironment env) {
        FollowedFiles files = new FollowedFiles(inputs, reading(), keyPositions());
        List<Row> rows = files.firstLook();
        FileFollower follower = FileFollower.after(files, inputs, reading(), keyPositions());
        return new FirstLook(counted(LiveRows.stream(env, rows, schema())), counted(source(env, follower)));
    }

    /**
     * The changes that make the rows, as a stream of one task, which keeps their order; bounded, unless they are followed.
     *
     * <p>The task counts the rows that it has read as its metric {@link #ROWS_READ}. It fails with a {@link
     * MirrorException} that names file, line and column at the first row that can't be read.
     *
     * @throws MirrorException if the file can't be opened, doesn't have the columns, or its rows don't tell them
     */
    public DataStream<Row> changes(StreamExecutionEnvironment env) {
        return counted(rows(env));
    }

    /**
     * The changes as rows of Flink's runtime.
     *
     * @throws MirrorException as {@link #changes}
     */
    public DataStream<RowData> rowData(StreamExecutionEnvironment env) {
        return changes(env)
                .map(FileInput::rowData)
                .returns(InternalTypeInfo.of(FlinkRows.rowType(schema())))
                .setParallelism(1)
                .name("rows");
    }

    /** The values are those of the runtime already. */
    private static RowData rowData(Row row) {
        GenericRowData data = new GenericRowData(row.getKind(), row.getArity());
        for (int i = 0; i < row.getArity(); i++) {
            data.setField(i, row.getField(i));
        }
        return data;
    }

    private DataStream<Row> counted(DataStream<Row> rows) {
        return rows.map(new RowCounter(FlinkRows.type(schema())))
                .setParallelism(1)
                .name("rows of " + place().text());
    }

    private DataStream<Row> rows(StreamExecutionEnvironment env) {
        if (choice.followed) {
            return followed(env);
        }
        return format == FileFormat.MARKDOWN ? markdown().toStream(env) : source(env);
    }

    private DataStream<Row> followed(StreamExecutionEnvironment env) {
        return source(env, FileFollower.of(inputs, reading(), keyPositions()));
    }

    @SuppressWarnings("deprecation") // as it is a source of Flink 1
    private DataStream<Row> source(StreamExecutionEnvironment env, FileFollower follower) {
        return env.addSource(follower, place().text());
    }

    private int[] keyPositions() {
        return upsertKey().stream().mapToInt(schema().names()::indexOf).toArray();
    }

    private DataStream<Row> source(StreamExecutionEnvironment env) {
        List<InputFile> files = files();
        FileSource<Row> source = FileSource.forBulkFileFormat(
                        new RowFileFormat(files, reading()),
                        files.stream().map(InputFile::path).toArray(org.apache.flink.core.fs.Path[]::new))
                // Flink's own enumerator passes over files whose names begin with "_" or "."
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(file -> true))
                .setSplitAssigner(FilesInOrder::new)
                .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), place().text(), FlinkRows.type(schema()))
                .setParallelism(1);
    }

    /** The files that there are now, at least one. */
    private List<InputFile> files() {
        List<InputFile> files = inputs.list(format);
        if (files.isEmpty()) {
            throw place().error("there is no file of the format " + format);
        }
        return choice.name.isPresent()
                ? files.stream()
                        .map(file -> new InputFile(file.path(), choice.name.get()))
                        .toList()
                : files;
    }

    private RowReading reading() {
        if (resolved == null) {
            try {
                resolved = resolve();
            } catch (IOException e) {
                throw place().error("the file can't be read: " + e.getMessage(), e);
            }
        }
        return resolved;
    }

    private RowReading resolve() throws IOException {
        format.requireReader(FileInput.class.getClassLoader());
        if (choice.changeColumn.isPresent() && (format == FileFormat.DEBEZIUM_JSON || format == FileFormat.MARKDOWN)) {
            throw place().error(
                            format == FileFormat.MARKDOWN
                                    ? "a markdown table says by its column __diff__ what happens to a row; leave the change column out"
                                    : "events of Debezium say themselves what happens to a row; leave the change column out");
        }
        SchemaOrigin origin = choice.schema.isPresent() ? SchemaOrigin.GIVEN : SchemaOrigin.INFERRED;
        if (choice.schema.isPresent() && choice.followed && inputs.list(format).isEmpty()) {
            return new RowReading(format, choice.schema.get(), origin, null);
        }
        List<InputFile> files = files();
        if (format == FileFormat.MARKDOWN) {
            Schema schema = choice.followed
                    ? markdown(files.get(0)).schema()
                    : markdown().schema();
            return new RowReading(format, schema, origin, null);
        }
        return choice.schema.isPresent() ? withSchema(choice.schema.get(), files) : inferred(files);
    }

    private RowReading withSchema(Schema schema, List<InputFile> files) throws IOException {
        String looked = choice.changeColumn.orElse(DIFF);
        boolean isColumn = schema.names().contains(looked);
        if (isColumn && choice.changeColumn.isPresent()) {
            throw place().column(looked)
                    .error(
                            "it says what happens to a row, so it can't be a column of the schema too; leave it out there");
        }
        ChangeColumn change = isColumn
                ? null
                : change(columns(files, looked::equals), files.get(0).place());
        RowReading reading = new RowReading(format, schema, SchemaOrigin.GIVEN, change);
        if (format == FileFormat.CSV || format == FileFormat.PARQUET) {
            // What comes before the first row, so that a missing column is found before anything runs.
            for (InputFile file : files) {
                reading.open(file).close();
            }
        }
        return reading;
    }

    private RowReading inferred(List<InputFile> files) throws IOException {
        List<Column> columns = columns(files, name -> true);
        ChangeColumn change = change(columns, files.get(0).place());
        List<Column> own = change == null ? columns : change.removeFrom(columns);
        if (own.isEmpty()) {
            throw files.get(0)
                    .place()
                    .error("there is no row whose fields could tell the columns; a schema must say which there are");
        }
        SchemaOrigin origin = format == FileFormat.PARQUET ? SchemaOrigin.FOOTERS : SchemaOrigin.INFERRED;
        return new RowReading(format, new Schema(own), origin, change);
    }

    private @Nullable ChangeColumn change(List<Column> columns, Place file) {
        if (choice.changeColumn.isPresent()) {
            return ChangeColumn.among(columns, choice.changeColumn.get(), file);
        }
        boolean hasDiff = columns.stream().anyMatch(column -> column.name().equals(DIFF));
        return hasDiff ? ChangeColumn.among(columns, DIFF, file) : null;
    }

    private List<Column> columns(List<InputFile> files, Predicate<String> wanted) throws IOException {
        return switch (format) {
            case CSV -> SchemaInference.ofCsv(files, wanted);
            case JSONL -> SchemaInference.ofJson(files, JsonLines::new, wanted);
            case DEBEZIUM_JSON -> SchemaInference.ofJson(files, DebeziumLines::new, wanted);
            case PARQUET -> SchemaInference.ofParquet(files, wanted, this::isCompleteIfFilesAre);
            case MARKDOWN -> throw new IllegalStateException("a markdown file is read as a whole");
        };
    }

    /** Whether a column's values are never absent if the files that there are have none; of followed ones more will come. */
    private boolean isCompleteIfFilesAre(String column) {
        return !choice.followed
                || choice.primaryKey.contains(column)
                || column.equals(choice.changeColumn.orElse(DIFF));
    }

    private LiveRows markdown() {
        if (markdown == null) {
            List<InputFile> files = files();
            if (files.size() > 1) {
                throw place().error("only one markdown table can be read at once, but there are " + files.size());
            }
            markdown = markdown(files.get(0));
        }
        return markdown;
    }

    private LiveRows markdown(InputFile file) {
        try (InputStream bytes = file.open()) {
            return MarkdownDocument.read(file.place(), MarkdownReader.text(file.place(), bytes))
                    .rows(choice.schema);
        } catch (IOException e) {
            throw file.place().error("the file can't be read: " + e.getMessage(), e);
        }
    }

    private Place place() {
        return Place.file(choice.name.orElseGet(inputs::toString));
    }
}
