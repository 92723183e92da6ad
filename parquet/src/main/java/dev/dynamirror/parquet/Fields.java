package dev.dynamirror.parquet;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.parquet.FieldReader.Present;
import dev.dynamirror.parquet.FieldReader.Value;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * How the values of Parquet's fields are read, with all that is nested in them.
 *
 * <p>Lists and maps are found in each of the forms that Parquet's format knows, also those of older writers.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">Parquet's nested
 *     types</a>
 */
final class Fields {

    private Fields() {}

    /**
     * How a field is read.
     *
     * @throws MirrorException if no type of a live table is like its type
     */
    static FieldReader of(Type type) {
        Primitives.Reader present = present(type);
        return switch (type.getRepetition()) {
            case REQUIRED -> new FieldReader(present.type(), first(present.value()));
            case OPTIONAL -> new FieldReader(present.type().optional(), orAbsent(present.value()));
            // A list without an annotation, as protocol buffers are written.
            case REPEATED -> new FieldReader(new ListType(present.type()), all(present.value()));
        };
    }

    private static Value first(Present value) {
        return (row, field) -> value.of(row, field, 0);
    }

    private static Value orAbsent(Present value) {
        return (row, field) -> row.getFieldRepetitionCount(field) == 0 ? null : value.of(row, field, 0);
    }

    private static Value all(Present value) {
        return (row, field) -> {
            int count = row.getFieldRepetitionCount(field);
            List<Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(value.of(row, field, i));
            }
            return Collections.unmodifiableList(values);
        };
    }

    private static Primitives.Reader present(Type type) {
        if (type.isPrimitive()) {
            return Primitives.of(type.asPrimitiveType());
        }
        GroupType group = type.asGroupType();
        if (group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation && isOneRepeated(group)) {
            return list(group);
        }
        if ((group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
                        || group.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation)
                && isOneRepeated(group)
                && !group.getType(0).isPrimitive()
                && group.getType(0).asGroupType().getFieldCount() == 2) {
            return map(group.getType(0).asGroupType());
        }
        return document(group);
    }

    private static boolean isOneRepeated(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
    }

    private static Primitives.Reader list(GroupType list) {
        Type repeated = list.getType(0);
        if (isElement(repeated, list.getName())) {
            Primitives.Reader element = present(repeated);
            Value elements = all(element.value());
            return nested(new ListType(element.type()), elements);
        }
        FieldReader element = of(repeated.asGroupType().getType(0));
        return nested(new ListType(element.type()), (row, field) -> {
            int count = row.getFieldRepetitionCount(field);
            List<@Nullable Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(element.value().of(row.getGroup(field, i), 0));
            }
            return Collections.unmodifiableList(values);
        });
    }

    /** Whether the repeated field of a list is itself the element, and no layer around it. */
    private static boolean isElement(Type repeated, String listName) {
        if (repeated.isPrimitive()) {
            return true;
        }
        GroupType group = repeated.asGroupType();
        return group.getFieldCount() != 1
                || group.getType(0).isRepetition(Repetition.REPEATED)
                || group.getName().equals("array")
                || group.getName().equals(listName + "_tuple");
    }

    private static Primitives.Reader map(GroupType entry) {
        FieldReader key = of(entry.getType(0));
        if (!(key.type().required() instanceof ScalarType) && !(key.type().required() instanceof DecimalType)) {
            throw new MirrorException("the keys of a map are of the type " + key.type()
                    + ", but those of DynamoDB's maps are strings; leave it out by a schema");
        }
        FieldReader value = of(entry.getType(1));
        return nested(new MapType(value.type()), (row, field) -> {
            int count = row.getFieldRepetitionCount(field);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                Group each = row.getGroup(field, i);
                values.put(text(key.value().of(each, 0)), value.value().of(each, 1));
            }
            return Collections.unmodifiableMap(values);
        });
    }

    private static String text(@Nullable Object key) {
        if (key == null) {
            throw new IllegalArgumentException("a key of the map is absent");
        }
        if (key instanceof byte[] bytes) {
            return Utf8Text.of(bytes);
        }
        return key instanceof BigDecimal decimal ? decimal.toPlainString() : key.toString();
    }

    private static Primitives.Reader document(GroupType group) {
        List<Column> columns = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Type field : group.getFields()) {
            FieldReader reader = of(field);
            columns.add(new Column(field.getName(), reader.type()));
            values.add(reader.value());
        }
        return new Primitives.Reader(new DocumentType(new Schema(columns)), (row, field, index) -> {
            Group nested = row.getGroup(field, index);
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                fields.put(columns.get(i).name(), values.get(i).of(nested, i));
            }
            return Collections.unmodifiableMap(fields);
        });
    }

    /** A list or map: the group around it has one field, which is repeated. */
    private static Primitives.Reader nested(LiveType type, Value content) {
        return new Primitives.Reader(
                type, (row, field, index) -> Objects.requireNonNull(content.of(row.getGroup(field, index), 0)));
    }
}
