package dev.dynamirror.item;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into changes; built once for a mirror, from an encoder for each column.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <R> what a row is: Flink's {@code RowData}, a {@code Map}, …
 */
public final class RowEncoder<R> {

    private static final String PUT_WITHOUT_VERSION =
            "the version is absent, and every row of a versioned mirror needs one";
    private static final String DELETE_WITHOUT_VERSION =
            "the version is absent, and deletes of a versioned mirror need the version column as well as the key";
    private static final int MAX_PARTITION_KEY_BYTES = 2048;
    private static final int MAX_SORT_KEY_BYTES = 1024;

    /**
     * A column that is a part of the key.
     *
     * @param name the column's name
     * @param reader takes the column's value from a row; null for an absent one
     */
    public record KeyColumn<R>(String name, Function<R, @Nullable KeyAttribute> reader) {}

    /**
     * A column that is no part of the key.
     *
     * @param name the column's name
     * @param encoder writes the column's value of a row
     */
    public record AttributeColumn<R>(String name, BiConsumer<R, AttributeWriter> encoder) {}

    /**
     * The columns of a mirror.
     *
     * @param partition the partition key's column
     * @param sort the sort key's column, if the table has one
     * @param attributes all other columns
     * @param version reads the column among these that is the version, as a key's column is read; there if and only if
     *     the form has such a column
     */
    public record Columns<R>(
            KeyColumn<R> partition,
            @Nullable KeyColumn<R> sort,
            List<AttributeColumn<R>> attributes,
            @Nullable KeyColumn<R> version) {

        /** Takes a copy of the list. */
        public Columns {
            attributes = List.copyOf(attributes);
        }
    }

    private final String tableName;
    private final KeyColumn<R> partition;
    private final @Nullable KeyColumn<R> sort;
    private final List<AttributeColumn<R>> attributes;
    private final @Nullable KeyColumn<R> versionColumn;
    private final @Nullable Versioning versioning;
    private final RequestTemplate put;
    private final RequestTemplate delete;
    private final AttributeWriter out;

    /**
     * Creates an encoder.
     *
     * @param tableName the table's name, for requests of their own and for error texts
     * @param columns the columns of the rows
     * @param form which requests the changes are
     * @param unstorable what becomes of numbers that DynamoDB can't store, outside the key and the version
     */
    public RowEncoder(String tableName, Columns<R> columns, ChangeForm form, UnstorableNumbers unstorable) {
        this.out = new AttributeWriter(unstorable);
        this.tableName = tableName;
        this.partition = columns.partition;
        this.sort = columns.sort;
        this.attributes = columns.attributes;
        this.versionColumn = columns.version;
        this.versioning = form.versioning();
        if (!Objects.equals(form.versionColumn(), versionColumn == null ? null : versionColumn.name)) {
            throw new IllegalArgumentException(
                    "the form's version is the column " + form.versionColumn() + ", but read is " + versionColumn);
        }
        ItemNames names = new ItemNames(
                tableName,
                sort == null ? List.of(partition.name) : List.of(partition.name, sort.name),
                attributes.stream().map(AttributeColumn::name).toList());
        this.put = form.put(names);
        this.delete = form.delete(names);
    }

    /**
     * The change that makes the row an item, or a part of one.
     *
     * @throws BadRowException if a value of the row is none that DynamoDB takes
     */
    public Change put(R row) {
        Key key = key(row);
        KeyAttribute version = version(row, key, PUT_WITHOUT_VERSION);
        write(put, row, key, version);
        byte[] wire = out.toByteArray();
        checkSize(key, wire);
        return new Change.Put(key, wire, put.request(), versionColumn == null ? null : version);
    }

    /**
     * The change that removes the row's item, or its part of it; only the key columns of the row are read, and that of the
     * version if a column is it.
     *
     * @throws BadRowException if a value of the key is none that DynamoDB takes, or the version is absent
     */
    public Change delete(R row) {
        Key key = key(row);
        KeyAttribute version = version(row, key, DELETE_WITHOUT_VERSION);
        write(delete, row, key, version);
        return new Change.Delete(key, out.toByteArray(), delete.request(), versionColumn == null ? null : version);
    }

    /**
     * The row's key.
     *
     * @throws BadRowException if a value of the key is none that DynamoDB takes
     */
    public Key key(R row) {
        KeyAttribute first = keyAttribute(partition, "partition key", MAX_PARTITION_KEY_BYTES, row, null);
        return Key.of(first, sort == null ? null : keyAttribute(sort, "sort key", MAX_SORT_KEY_BYTES, row, first));
    }

    private void checkSize(Key key, byte[] wire) {
        if (wire.length <= ItemSize.MAX) {
            return;
        }
        int size = ItemSize.of(wire);
        if (size > ItemSize.MAX) {
            throw new BadRowException(
                    tableName,
                    null,
                    RowLabel.ofKey(describe(key)),
                    new IllegalValueException("the item has " + size + " bytes, and DynamoDB takes at most "
                            + ItemSize.MAX + "; leave out or shorten a column"));
        }
    }

    private void write(RequestTemplate request, R row, Key key, @Nullable KeyAttribute version) {
        out.clear();
        byte[][] texts = request.texts();
        RequestTemplate.Gap[] gaps = request.gaps();
        out.raw(texts[0]);
        for (int i = 0; i < gaps.length; i++) {
            switch (gaps[i]) {
                case KEY -> writeKey(request.keyNames(), key);
                case COLUMNS -> writeColumns(request.columnNames(), row, key);
                case VERSION -> Objects.requireNonNull(version).writeTo(out);
                case EXPIRES -> out.number(expires());
            }
            out.raw(texts[i + 1]);
        }
    }

    private void writeKey(byte[][] names, Key key) {
        out.raw(names[0]);
        key.partition().writeTo(out);
        if (key.sort() != null) {
            out.raw(names[1]);
            key.sort().writeTo(out);
        }
    }

    private void writeColumns(byte[][] names, R row, Key key) {
        for (int i = 0; i < names.length; i++) {
            AttributeColumn<R> column = attributes.get(i);
            out.raw(names[i]);
            try {
                column.encoder.accept(row, out);
            } catch (IllegalValueException e) {
                throw new BadRowException(tableName, column.name, RowLabel.ofKey(describe(key)), e);
            }
        }
    }

    private long expires() {
        return Objects.requireNonNull(Objects.requireNonNull(versioning).tombstones())
                .expires();
    }

    /** The version of a change of that row; null without versions. */
    private @Nullable KeyAttribute version(R row, Key key, String ifAbsent) {
        if (versioning == null) {
            return null;
        }
        if (versionColumn == null) {
            return Objects.requireNonNull(versioning.own()).next();
        }
        try {
            KeyAttribute version = versionColumn.reader.apply(row);
            if (version == null) {
                throw new IllegalValueException(ifAbsent);
            }
            return version;
        } catch (IllegalValueException e) {
            throw new BadRowException(tableName, versionColumn.name, RowLabel.ofKey(describe(key)), e);
        }
    }

    private KeyAttribute keyAttribute(
            KeyColumn<R> column, String role, int maxBytes, R row, @Nullable KeyAttribute partitionValue) {
        try {
            KeyAttribute value = column.reader.apply(row);
            if (value == null) {
                throw new IllegalValueException("the " + role + " is absent, and every item needs one");
            }
            checkSize(value, role, maxBytes);
            return value;
        } catch (IllegalValueException e) {
            RowLabel label = partitionValue == null
                    ? RowLabel.UNKNOWN
                    : RowLabel.ofPartition("{" + partition.name + "=" + partitionValue + "}");
            throw new BadRowException(tableName, column.name, label, e);
        }
    }

    private static void checkSize(KeyAttribute value, String role, int maxBytes) {
        if (value.type() == KeyType.N) {
            return;
        }
        int size = value.size();
        if (size == 0) {
            throw new IllegalValueException("the " + role + " is empty, and DynamoDB takes no empty key");
        }
        if (size > maxBytes) {
            throw new IllegalValueException(
                    "the " + role + " has " + size + " bytes, and DynamoDB takes at most " + maxBytes);
        }
    }

    private String describe(Key key) {
        String text = "{" + partition.name + "=" + key.partition();
        return (sort == null ? text : text + ", " + sort.name + "=" + key.sort()) + "}";
    }
}
