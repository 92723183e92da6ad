package dev.dynamirror.mirror;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.MapRowEncoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.read.ItemReader;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.read.SchemaGuess;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A reader of typed rows for programs without an engine: gives the items of a DynamoDB table as Java's own values, each
 * checked against the type of its column.
 *
 * <p>All reads are strongly consistent. Safe for use by several threads.
 *
 * <p>Without a schema, one is inferred from the first 10,000 items when the reader is opened; an item that doesn't fit
 * it, by an attribute that it doesn't know for example, is an error.
 */
public final class TableReader implements AutoCloseable {

    private static final int ITEMS_INFERRED_FROM = 10_000;

    private final Connection connection;
    private final ItemReader items;
    private final Schema schema;
    private final ItemDecoder decoder;

    /** What the schema was inferred from; null if it was given. */
    private final @Nullable SchemaGuess guess;

    private volatile boolean closed;

    private TableReader(
            Connection connection,
            TableSpec table,
            Schema schema,
            UnstorableNumbers unstorable,
            @Nullable SchemaGuess guess) {
        this.connection = connection;
        // What a guessed schema doesn't know has to be noticed.
        this.items = new ItemReader(connection, table, guess == null ? schema.names() : List.of());
        this.schema = schema;
        this.decoder = new ItemDecoder(table.name(), keyNames(table), schema, unstorable);
        this.guess = guess;
    }

    /**
     * Checks that the table can be read, and infers its schema if none was given.
     *
     * @param settings made with {@link DynamoDb#table}; only the table, its place, the schema and
     *     what became of unstorable numbers matter
     * @throws MirrorException if there is no such table, or it can't be read; if there is no region or are no
     *     credentials; or if the schema has another type for a column of the table's key than the table
     */
    public static TableReader open(MirrorSettings.Builder settings) {
        ReadSettings built = settings.buildForReading();
        Connection connection = Connection.open(built.connection());
        try {
            TableSpec table = ItemReader.describe(connection, built.tableName());
            if (built.schema() != null) {
                checkKey(table, built.schema());
                return new TableReader(connection, table, built.schema(), built.unstorableNumbers(), null);
            }
            SchemaGuess guess = SchemaGuess.from(new ItemReader(connection, table, List.of()), ITEMS_INFERRED_FROM);
            return new TableReader(connection, table, guess.schema(), built.unstorableNumbers(), guess);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The columns of the rows: those that were given, or that were inferred. */
    public Schema schema() {
        return schema;
    }

    /** The names of the attributes that are the table's key: the partition key, then the sort key if there is one. */
    public List<String> key() {
        return keyNames(items.table());
    }

    /**
     * The rows of the whole table, in no order: each a map of the columns' values, in the order of the schema, null for
     * an absent one.
     *
     * <p>The table is read while the rows are taken, in pages of 1 MB, one of which is in memory at a time. Taking a row
     * throws a {@link MirrorException} if its item doesn't fit the schema, which names the item's key, the attribute, what
     * was found and what was expected; or if DynamoDB refuses a request. It throws an {@link IllegalStateException} if
     * the reader was closed meanwhile.
     */
    public Stream<Map<String, @Nullable Object>> scan() {
        throwIfClosed();
        return items.items(ItemSelection.all()).map(this::row);
    }

    /**
     * The row of that key, if there is one.
     *
     * @param key the key columns' values by name, of the types that the schema gives them; other columns of a row may be
     *     there and are not looked at
     * @throws dev.dynamirror.item.BadRowException if the key is none
     * @throws MirrorException if the schema lacks a column of the key, the item doesn't fit the schema, or DynamoDB
     *     refuses the request
     */
    public Optional<Map<String, @Nullable Object>> get(Map<String, ?> key) {
        throwIfClosed();
        return items.item(key(key)).map(this::row);
    }

    /** Closes the connection; rows that are taken afterwards are an error. */
    @Override
    public void close() {
        closed = true;
        connection.close();
    }

    private Map<String, @Nullable Object> row(Map<String, AttributeValue> item) {
        throwIfClosed();
        if (guess == null) {
            return decoder.decode(item);
        }
        try {
            Map<String, @Nullable Object> row = decoder.decode(item);
            guess.check(item);
            return row;
        } catch (MirrorException e) {
            throw new MirrorException(
                    e.getMessage() + "; the schema was inferred from " + guess.items()
                            + " items: give one that fits all",
                    e);
        }
    }

    private Key key(Map<String, ?> values) {
        TableSpec table = items.table();
        List<Column> columns = table.keyParts().stream()
                .map(part -> schema.column(part.attribute())
                        .orElseThrow(() -> new MirrorException("table " + table.name() + ": the schema has no column \""
                                + part.attribute() + "\", which the table's key has; add it to read by key")))
                .map(column -> new Column(column.name(), column.type().required()))
                .toList();
        return MapRowEncoder.of(
                        table.name(),
                        new Schema(columns),
                        table.partition().attribute(),
                        table.sort() == null ? null : table.sort().attribute(),
                        UnstorableNumbers.BAD_ROW)
                .key(values);
    }

    private void throwIfClosed() {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
    }

    private static List<String> keyNames(TableSpec table) {
        return table.keyParts().stream().map(TableSpec.KeyPart::attribute).toList();
    }

    private static void checkKey(TableSpec table, Schema schema) {
        for (TableSpec.KeyPart part : table.keyParts()) {
            Optional<LiveType> type = schema.column(part.attribute()).map(Column::type);
            if (type.isPresent() && !KeyType.of(type.get().required()).equals(Optional.of(part.type()))) {
                throw new MirrorException("table " + table.name() + ": the column \"" + part.attribute()
                        + "\" has the type " + type.get() + " in the schema, but the table's key has " + part);
            }
        }
    }
}
