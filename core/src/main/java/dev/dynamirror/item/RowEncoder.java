package dev.dynamirror.item;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final byte[] PUT = ascii("{\"PutRequest\":{\"Item\":{");
    private static final byte[] DELETE = ascii("{\"DeleteRequest\":{\"Key\":{");
    private static final byte[] END = ascii("}}}");
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

    private final String tableName;
    private final KeyColumn<R> partition;
    private final byte[] partitionName;
    private final @Nullable KeyColumn<R> sort;
    private final byte[] sortName;
    private final List<AttributeColumn<R>> attributes;
    private final byte[][] attributeNames;
    private final AttributeWriter out;

    /**
     * Creates an encoder.
     *
     * @param tableName the table's name, for error texts
     * @param partition the partition key's column
     * @param sort the sort key's column, if the table has one
     * @param attributes all other columns
     * @param unstorable what becomes of numbers that DynamoDB can't store, outside the key
     */
    public RowEncoder(
            String tableName,
            KeyColumn<R> partition,
            @Nullable KeyColumn<R> sort,
            List<AttributeColumn<R>> attributes,
            UnstorableNumbers unstorable) {
        this.out = new AttributeWriter(unstorable);
        this.tableName = tableName;
        this.partition = partition;
        this.partitionName = attributeName("", partition.name);
        this.sort = sort;
        this.sortName = sort == null ? new byte[0] : attributeName(",", sort.name);
        this.attributes = List.copyOf(attributes);
        this.attributeNames = attributes.stream()
                .map(column -> attributeName(",", column.name))
                .toArray(byte[][]::new);
    }

    /**
     * The change that makes the row an item.
     *
     * @throws BadRowException if a value of the row is none that DynamoDB takes
     */
    public Change put(R row) {
        Key key = key(row);
        start(PUT, key);
        for (int i = 0; i < attributes.size(); i++) {
            AttributeColumn<R> column = attributes.get(i);
            out.raw(attributeNames[i]);
            try {
                column.encoder.accept(row, out);
            } catch (IllegalValueException e) {
                throw new BadRowException(tableName, column.name, RowLabel.ofKey(describe(key)), e);
            }
        }
        out.raw(END);
        byte[] wire = out.toByteArray();
        checkSize(key, wire);
        return new Change.Put(key, wire);
    }

    /**
     * The change that removes the row's item; only the key columns of the row are read.
     *
     * @throws BadRowException if a value of the key is none that DynamoDB takes
     */
    public Change delete(R row) {
        Key key = key(row);
        start(DELETE, key);
        out.raw(END);
        return new Change.Delete(key, out.toByteArray());
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

    private void start(byte[] operation, Key key) {
        out.clear();
        out.raw(operation);
        out.raw(partitionName);
        key.partition().writeTo(out);
        if (key.sort() != null) {
            out.raw(sortName);
            key.sort().writeTo(out);
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

    private static byte[] attributeName(String separator, String name) {
        return (separator + AttributeWriter.jsonString(name) + ":").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
