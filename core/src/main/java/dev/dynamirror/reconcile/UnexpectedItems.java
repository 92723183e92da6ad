package dev.dynamirror.reconcile;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.table.TableSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the changes that delete items as they were found in the table. */
public final class UnexpectedItems {

    private final RowEncoder<Map<String, AttributeValue>> encoder;

    /**
     * Deletes of a mirror's form.
     *
     * @param columns the names of the mirror's columns
     * @param form which requests the changes are
     */
    public UnexpectedItems(TableSpec table, List<String> columns, ChangeForm form) {
        List<String> key =
                table.keyParts().stream().map(TableSpec.KeyPart::attribute).toList();
        TableSpec.KeyPart sort = table.sort();
        String version = form.versionColumn();
        RowEncoder.Columns<Map<String, AttributeValue>> read = new RowEncoder.Columns<>(
                column(table.partition().attribute(), item -> table.keyOf(item).partition()),
                sort == null
                        ? null
                        : column(sort.attribute(), item -> table.keyOf(item).sort()),
                columns.stream()
                        .filter(name -> !key.contains(name))
                        .map(UnexpectedItems::unwritten)
                        .toList(),
                version == null ? null : column(version, item -> version(item.get(version))));
        this.encoder = new RowEncoder<>(table.name(), read, form, UnstorableNumbers.BAD_ROW);
    }

    /**
     * The change that deletes an item.
     *
     * @throws dev.dynamirror.item.BadRowException if a column is the version and the item has none that can be one
     */
    public Change.Delete delete(Content found) {
        return (Change.Delete) encoder.delete(found.attributes());
    }

    private static RowEncoder.KeyColumn<Map<String, AttributeValue>> column(
            String name, Function<Map<String, AttributeValue>, @Nullable KeyAttribute> reader) {
        return new RowEncoder.KeyColumn<>(name, reader);
    }

    /** A column that is named by the request, and has no value in it. */
    private static RowEncoder.AttributeColumn<Map<String, AttributeValue>> unwritten(String name) {
        return new RowEncoder.AttributeColumn<>(name, (item, out) -> {
            throw new IllegalStateException("a delete has no value of the column " + name);
        });
    }

    /** A version is compared as keys are; one of another type can't be compared. */
    private static @Nullable KeyAttribute version(@Nullable AttributeValue value) {
        if (value == null) {
            return null;
        }
        return switch (value.type()) {
            case S -> KeyAttribute.string(value.s());
            case N -> KeyAttribute.number(new BigDecimal(value.n()));
            case B -> KeyAttribute.binary(value.b().asByteArray());
            default -> null;
        };
    }
}
