package dev.dynamirror.mirror;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.ItemPage;
import dev.dynamirror.read.ItemPosition;
import dev.dynamirror.read.ItemReader;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Typed rows page by page, for engines that remember how far they have come; safe for use by several threads.
 *
 * <p>A column of mixed types has {@link Json} values, in which the types are told apart.
 */
public final class RowPages implements AutoCloseable {

    private final Connection connection;
    private final ItemReader items;
    private final List<Column> columns;
    private final ItemDecoder decoder;

    /** The positions of the columns of mixed types. */
    private final int[] mixed;

    private RowPages(Connection connection, TableSpec table, Schema schema, ReadSettings settings) {
        this.connection = connection;
        this.items = new ItemReader(connection, table, schema.names());
        this.columns = schema.columns();
        this.decoder = new ItemDecoder(
                table.name(),
                table.keyParts().stream().map(TableSpec.KeyPart::attribute).toList(),
                schema,
                settings.unstorableNumbers());
        this.mixed = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).type().isMixed())
                .toArray();
    }

    /**
     * Connects, and looks at the table.
     *
     * @param settings with a schema
     * @param key the names of the table's key attributes as somebody has declared them; empty if nobody has
     * @throws MirrorException if there is no such table, it can't be read, or its key is another than the declared one
     */
    public static RowPages open(ReadSettings settings, List<String> key) {
        Schema schema = settings.schema();
        if (schema == null) {
            throw new IllegalArgumentException("no schema to read by");
        }
        Connection connection = Connection.open(settings.connection());
        try {
            TableSpec table = ItemReader.describe(connection, settings.tableName());
            checkKey(table, key);
            return new RowPages(connection, table, schema, settings);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Reads one page.
     *
     * @param selection which items are read
     * @param after where the page begins: what the page before or one of its rows said, or null for the first one
     * @param atMost how many rows the page has at most, at least 1; {@link Integer#MAX_VALUE} for as many as DynamoDB
     *     gives at once
     * @throws MirrorException if an item doesn't fit the schema, the table is gone, or DynamoDB refuses the request
     */
    public RowPage page(ItemSelection selection, @Nullable ItemPosition after, int atMost) {
        ItemPage page = items.page(selection, after, atMost);
        return new RowPage(
                page.items().stream()
                        .map(item -> new ReadRow(values(item), () -> items.position(item)))
                        .toList(),
                page.next());
    }

    @Override
    public void close() {
        connection.close();
    }

    private List<@Nullable Object> values(Map<String, AttributeValue> item) {
        List<@Nullable Object> values = decoder.values(item);
        for (int i : mixed) {
            values.set(i, json(item.get(columns.get(i).name())));
        }
        return values;
    }

    private static @Nullable Json json(@Nullable AttributeValue value) {
        return value == null || value.type() == AttributeValue.Type.NUL
                ? null
                : Json.parse(ItemJson.PLAIN.value(value));
    }

    private static void checkKey(TableSpec table, List<String> declared) {
        List<String> key =
                table.keyParts().stream().map(TableSpec.KeyPart::attribute).toList();
        if (!declared.isEmpty() && !declared.equals(key)) {
            throw new MirrorException("table " + table.name() + " has the key " + String.join(", ", key)
                    + ", but it is declared with the primary key " + String.join(", ", declared)
                    + "; declare its own");
        }
    }
}
