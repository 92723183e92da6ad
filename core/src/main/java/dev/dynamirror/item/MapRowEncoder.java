package dev.dynamirror.item;

import dev.dynamirror.item.RowEncoder.AttributeColumn;
import dev.dynamirror.item.RowEncoder.Columns;
import dev.dynamirror.item.RowEncoder.KeyColumn;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the encoder for rows that are maps from column names to Java values. */
public final class MapRowEncoder {

    private MapRowEncoder() {}

    /**
     * An encoder for rows of that schema, whose changes are elements of batches.
     *
     * @param tableName the table's name, for error texts
     * @param schema the columns; the types of the key columns can be keys
     * @param partitionKey the name of a column
     * @param sortKey the name of another column, or null
     * @param unstorable what becomes of numbers that DynamoDB can't store, outside the key
     */
    public static RowEncoder<Map<String, ?>> of(
            String tableName,
            Schema schema,
            String partitionKey,
            @Nullable String sortKey,
            UnstorableNumbers unstorable) {
        return new RowEncoder<>(
                tableName, columns(schema, partitionKey, sortKey, null), ChangeForm.batch(), unstorable);
    }

    /**
     * The columns of rows of that schema.
     *
     * @param schema the columns; the types of the key columns can be keys
     * @param partitionKey the name of a column
     * @param sortKey the name of another column, or null
     * @param version the name of the column that is the version, or null
     */
    public static Columns<Map<String, ?>> columns(
            Schema schema, String partitionKey, @Nullable String sortKey, @Nullable String version) {
        List<AttributeColumn<Map<String, ?>>> attributes = schema.columns().stream()
                .filter(column ->
                        !column.name().equals(partitionKey) && !column.name().equals(sortKey))
                .map(MapRowEncoder::attributeColumn)
                .toList();
        return new Columns<>(
                keyColumn(schema, partitionKey),
                sortKey == null ? null : keyColumn(schema, sortKey),
                attributes,
                version == null ? null : keyColumn(schema, version));
    }

    private static KeyColumn<Map<String, ?>> keyColumn(Schema schema, String name) {
        LiveType type = schema.column(name).orElseThrow().type();
        Function<Object, KeyAttribute> keys = JavaValues.keys(type);
        return new KeyColumn<>(name, row -> {
            Object value = row.get(name);
            return value == null ? null : keys.apply(value);
        });
    }

    private static AttributeColumn<Map<String, ?>> attributeColumn(Column column) {
        String name = column.name();
        BiConsumer<@Nullable Object, AttributeWriter> encoder = JavaValues.encoder(column.type());
        return new AttributeColumn<>(name, (row, out) -> encoder.accept(row.get(name), out));
    }
}
