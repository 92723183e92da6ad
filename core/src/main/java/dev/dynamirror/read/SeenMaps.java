package dev.dynamirror.read;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was seen of maps.
 *
 * @param fields what was seen of their fields; nothing if they have too many names to be fields
 * @param others if they have, what was seen of all their values; else nothing
 * @param open whether they have too many names to be fields
 * @param arrays the types of arrays that all of them are
 */
record SeenMaps(SeenFields fields, SeenValues others, boolean open, Set<NdArrayType> arrays)
        implements SeenValues.Seen {

    /** Documents that somebody has thought up rarely have more fields, maps whose keys are data soon have. */
    static final int MOST_FIELDS = 100;

    /** As many digits as a double needs at most. */
    private static final int DOUBLE_DIGITS = 17;

    private static final SeenFields NO_FIELDS = new SeenFields(Map.of(), Set.of());

    static SeenMaps of(Map<String, AttributeValue> map) {
        return of(SeenFields.of(map), arrays(map));
    }

    private static SeenMaps of(SeenFields fields, Set<NdArrayType> arrays) {
        return fields.values().size() <= MOST_FIELDS
                ? new SeenMaps(fields, SeenValues.NOTHING, false, arrays)
                : new SeenMaps(NO_FIELDS, fields.joined(), true, Set.of());
    }

    @Override
    public SeenMaps and(SeenValues.Seen other) {
        SeenMaps that = (SeenMaps) other;
        if (open || that.open) {
            return new SeenMaps(NO_FIELDS, values().and(that.values()), true, Set.of());
        }
        Set<NdArrayType> both = new TreeSet<>(arrays);
        both.retainAll(that.arrays);
        return of(fields.and(that.fields), both);
    }

    @Override
    public LiveType type() {
        if (open) {
            return new MapType(others.type());
        }
        if (!arrays.isEmpty()) {
            return arrays.contains(NdArrayType.INT) ? NdArrayType.INT : NdArrayType.FLOAT;
        }
        if (fields.values().isEmpty()) {
            return new MapType(ScalarType.STR.optional());
        }
        return new DocumentType(new Schema(fields.values().keySet().stream()
                .map(name -> new Column(name, fields.type(name)))
                .toList()));
    }

    private SeenValues values() {
        return open ? others : fields.joined();
    }

    /** The types of arrays that a map is: both for one of small integers, none for one that is no array. */
    private static Set<NdArrayType> arrays(Map<String, AttributeValue> map) {
        AttributeValue shape = map.get("shape");
        AttributeValue elements = map.get("elements");
        if (map.size() != 2
                || shape == null
                || elements == null
                || !areNumbers(shape, SeenMaps::isInteger)
                || !areNumbers(elements, number -> true)
                || !isShape(shape.l(), elements.l().size())) {
            return Set.of();
        }
        Set<NdArrayType> types = new TreeSet<>();
        if (areNumbers(elements, SeenMaps::isInteger)) {
            types.add(NdArrayType.INT);
        }
        if (areNumbers(elements, SeenMaps::isDouble)) {
            types.add(NdArrayType.FLOAT);
        }
        return types;
    }

    private static boolean areNumbers(AttributeValue list, Predicate<String> rule) {
        return list.type() == AttributeValue.Type.L
                && list.l().stream()
                        .allMatch(element -> element.type() == AttributeValue.Type.N && rule.test(element.n()));
    }

    private static boolean isInteger(String number) {
        return SeenNumbers.of(number).integers();
    }

    private static boolean isDouble(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision() <= DOUBLE_DIGITS;
    }

    private static boolean isShape(List<AttributeValue> shape, int elements) {
        long[] lengths = shape.stream()
                .map(AttributeValue::n)
                .map(BigDecimal::new)
                .mapToLong(BigDecimal::longValueExact)
                .toArray();
        try {
            NdArray.of(lengths, new long[elements]);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
