package dev.dynamirror.read;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A schema that is inferred from items: the types as found, whatever the order of the items.
 *
 * <p>The key's columns come first, the others by name. Numbers are {@code int} if all of a column are integers of 64
 * bits, else {@code decimal} of as many digits as were seen, if these are not more than 38, else {@code float}. A set is
 * a {@code list}. A map is an {@code ndarray} if all of the column have a shape and the elements for it and nothing else; a
 * {@code row} of all fields that were seen; or, with more than 100 of them, a {@code map}. What is missing somewhere, or
 * NULL, is optional. Values of several types in one column are {@code mixed}. What nothing is known of, as it is NULL
 * everywhere, or the element of lists that are all empty, is {@code str?}.
 *
 * <p>Not safe for use by several threads while items are added.
 */
public final class SchemaGuess {

    private final TableSpec table;
    private @Nullable SeenFields seen;
    private long items;

    /** A guess from no item yet: the key's columns. */
    public SchemaGuess(TableSpec table) {
        this.table = table;
    }

    /**
     * A guess from the first items of a scan of the whole table.
     *
     * @param reader reads all attributes
     * @param most how many items are read at most
     * @throws MirrorException if the table is gone, or DynamoDB refuses a request
     */
    public static SchemaGuess from(ItemReader reader, long most) {
        SchemaGuess guess = new SchemaGuess(reader.table());
        try (Stream<Map<String, AttributeValue>> items = reader.items(ItemSelection.all())) {
            items.limit(most).forEach(guess::add);
        }
        return guess;
    }

    /** Takes an item, with all of its attributes, into account. */
    public void add(Map<String, AttributeValue> item) {
        SeenFields fields = SeenFields.of(item);
        seen = seen == null ? fields : seen.and(fields);
        items++;
    }

    /** How many items were taken into account. */
    public long items() {
        return items;
    }

    /** The schema that all the items fit. */
    public Schema schema() {
        Set<String> names = new LinkedHashSet<>();
        table.keyParts().forEach(part -> names.add(part.attribute()));
        SeenFields fields = seen;
        if (fields == null) {
            return new Schema(table.keyParts().stream()
                    .map(part -> new Column(part.attribute(), unseen(part.type())))
                    .toList());
        }
        names.addAll(fields.values().keySet());
        return new Schema(
                names.stream().map(name -> new Column(name, fields.type(name))).toList());
    }

    /**
     * Checks that the schema would be the same with this item.
     *
     * @throws MirrorException if not: also by an attribute, or a field of a row, that none of the items has; the message
     *     names the item's key, the attribute, what was found and what was expected
     */
    public void check(Map<String, AttributeValue> item) {
        SeenFields fields = SeenFields.of(item);
        SeenFields both = seen == null ? fields : seen.and(fields);
        for (String name : both.values().keySet()) {
            LiveType expected =
                    type(name).orElseThrow(() -> misfit(name, item, "the schema has no column of this name"));
            if (!both.type(name).equals(expected)) {
                throw misfit(
                        name,
                        item,
                        "expected a value of the type " + expected + ", but found one of the type "
                                + fields.type(name));
            }
        }
    }

    private MirrorException misfit(String attribute, Map<String, AttributeValue> item, String problem) {
        String key = table.keyParts().stream()
                .map(TableSpec.KeyPart::attribute)
                .flatMap(name ->
                        Stream.ofNullable(item.get(name)).map(value -> name + "=" + ItemJson.PLAIN.value(value)))
                .collect(Collectors.joining(", ", "{", "}"));
        return new MirrorException(
                "table " + table.name() + ": attribute \"" + attribute + "\" of item " + key + ": " + problem);
    }

    private Optional<LiveType> type(String name) {
        SeenFields fields = seen;
        if (fields == null) {
            return schema().column(name).map(Column::type);
        }
        return fields.values().containsKey(name) ? Optional.of(fields.type(name)) : Optional.empty();
    }

    private static LiveType unseen(KeyType type) {
        return switch (type) {
            case S -> ScalarType.STR;
            case N -> ScalarType.INT;
            case B -> ScalarType.BYTES;
        };
    }
}
