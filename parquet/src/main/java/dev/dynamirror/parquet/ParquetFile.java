package dev.dynamirror.parquet;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file as the rows of a live table, read one after another. One group of rows is in memory at a time, as it is in
 * the file: only the columns that are asked for, compressed.
 *
 * <p>What can't be read at all is a {@link MirrorException}; an {@link IOException} says that the bytes could not be had, or
 * are damaged. Objects of this class belong to one thread.
 */
public final class ParquetFile implements Closeable {

    private static final Set<CompressionCodecName> CODECS = EnumSet.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW);

    private final ParquetFileReader reader;
    private final MessageType type;

    /** The columns that rows have. */
    private MessageType selected;

    private List<FieldReader> fields = List.of();
    private @Nullable RecordReader<Group> records;
    private long remaining;

    private ParquetFile(ParquetFileReader reader) {
        this.reader = reader;
        this.type = reader.getFileMetaData().getSchema();
        this.selected = type;
    }

    /**
     * Reads the footer of a file. The bytes are closed with it, and if it fails.
     *
     * @throws IOException if the bytes can't be read
     * @throws MirrorException if they are no Parquet file, or one that is encrypted
     */
    public static ParquetFile open(SeekableBytes bytes) throws IOException {
        try {
            return new ParquetFile(reading(() -> ParquetFileReader.open(
                    new ParquetInput(bytes),
                    ParquetReadOptions.builder(new PlainParquetConfiguration()).build())));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The names of all columns, in the order of the file. */
    public List<String> names() {
        return type.getFields().stream().map(Type::getName).toList();
    }

    /**
     * The columns, in the order of the file. One is optional if the file says so.
     *
     * @param wanted the names of the columns that are looked at
     * @param complete the names of those that are not optional either, if the file says that no value is absent
     * @throws MirrorException if no type of a live table is like the type of a column, or its name can't be one
     */
    public List<Column> columns(Predicate<String> wanted, Predicate<String> complete) {
        List<Column> columns = new ArrayList<>();
        for (Type field : type.getFields()) {
            if (wanted.test(field.getName())) {
                columns.add(column(field, complete.test(field.getName()) && isComplete(field)));
            }
        }
        return columns;
    }

    private static Column column(Type field, boolean isComplete) {
        LiveType ofField = field(field).type();
        try {
            return new Column(field.getName(), isComplete ? ofField.required() : ofField);
        } catch (IllegalArgumentException e) {
            throw new MirrorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static FieldReader field(Type field) {
        try {
            return Fields.of(field);
        } catch (MirrorException | IllegalArgumentException e) {
            throw new MirrorException("column \"" + field.getName() + "\": " + e.getMessage(), e);
        }
    }

    /** Whether the file's own statistics say that each row has a value. */
    private boolean isComplete(Type field) {
        if (!field.isPrimitive()) {
            return false;
        }
        ColumnPath path = ColumnPath.get(field.getName());
        for (BlockMetaData rows : reader.getRowGroups()) {
            for (ColumnChunkMetaData chunk : rows.getColumns()) {
                if (chunk.getPath().equals(path)
                        && (!chunk.getStatistics().isNumNullsSet()
                                || chunk.getStatistics().getNumNulls() > 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Chooses the columns that rows have, and their order; before the first row is read.
     *
     * @throws MirrorException if a column is compressed in a way that isn't known
     */
    public void select(List<String> names) {
        List<Type> columns = names.stream().map(type::getType).toList();
        fields = columns.stream().map(ParquetFile::field).toList();
        selected = new MessageType(type.getName(), columns);
        reader.setRequestedSchema(selected);
        checkCodecs();
    }

    private void checkCodecs() {
        for (BlockMetaData group : reader.getRowGroups()) {
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                String name = chunk.getPath().toArray()[0];
                if (selected.containsField(name) && !CODECS.contains(chunk.getCodec())) {
                    throw new MirrorException("column \"" + name + "\": it is compressed by " + chunk.getCodec()
                            + "; what is read is compressed by SNAPPY, GZIP, ZSTD or LZ4_RAW, or not at all");
                }
            }
        }
    }

    /**
     * The values of the next row, as {@link #select} has ordered them: of the classes that stand for their types, null for an
     * absent one; null at the end.
     *
     * @throws IOException if the bytes can't be read, or are damaged
     * @throws MirrorException if the bytes are damaged, or a value is none of its type; the message names its column
     */
    public @Nullable List<@Nullable Object> next() throws IOException {
        if (!reading(this::hasNext)) {
            return null;
        }
        remaining--;
        return values(reading(() -> Objects.requireNonNull(records).read()));
    }

    private boolean hasNext() throws IOException {
        while (remaining == 0) {
            PageReadStore group = reader.readNextRowGroup();
            if (group == null) {
                return false;
            }
            remaining = group.getRowCount();
            records = new ColumnIOFactory()
                    .getColumnIO(selected, type)
                    .getRecordReader(group, new GroupRecordConverter(selected));
        }
        return true;
    }

    private List<@Nullable Object> values(Group row) {
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            try {
                values.add(fields.get(i).value().of(row, i));
            } catch (RuntimeException e) {
                // No value of its type, or bytes of a damaged file, which are looked at here only.
                throw new MirrorException("column \"" + selected.getFieldName(i) + "\": " + e.getMessage(), e);
            }
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Something that Parquet's reader does. */
    private interface Work<T> {
        T done() throws IOException;
    }

    /** Parquet's reader throws many kinds of unchecked exceptions at what is damaged. */
    private static <T> T reading(Work<T> work) throws IOException {
        try {
            return work.done();
        } catch (MirrorException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new MirrorException("it can't be read as a Parquet file: " + e.getMessage(), e);
        }
    }
}
