package dev.dynamirror.read;

import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.ScalarType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was seen of the values in one place: as much as tells their type, and no more.
 *
 * <p>{@link #and} is commutative, associative and idempotent, so that the order of what is seen doesn't matter.
 *
 * @param absent whether one of them was an absent value
 * @param kinds what was seen of the values of each kind; nothing for a kind that was not seen
 */
record SeenValues(boolean absent, Map<Kind, Seen> kinds) {

    /** The kinds of values that no type but a mixed one has together, in the order in which that names them. */
    enum Kind {
        BOOL,
        NUMBER,
        STRING,
        BINARY,
        LIST,
        MAP
    }

    /** What was seen of the values of one kind. */
    sealed interface Seen permits Scalars, SeenNumbers, Elements, SeenMaps {

        /** Both together; the other is of the same kind. */
        Seen and(Seen other);

        LiveType type();
    }

    static final SeenValues NOTHING = new SeenValues(false, Map.of());

    /** Nothing but an absent value. */
    private static final SeenValues NULL = new SeenValues(true, Map.of());

    static SeenValues of(AttributeValue value) {
        return switch (value.type()) {
            case BOOL -> only(Kind.BOOL, new Scalars(ScalarType.BOOL));
            case N -> only(Kind.NUMBER, SeenNumbers.of(value.n()));
            case S -> only(Kind.STRING, new Scalars(ScalarType.STR));
            case B -> only(Kind.BINARY, new Scalars(ScalarType.BYTES));
            case L -> list(value.l(), SeenValues::of);
            case SS -> list(value.ss(), element -> of(AttributeValue.fromS(element)));
            case NS -> list(value.ns(), element -> of(AttributeValue.fromN(element)));
            case BS -> list(value.bs(), element -> of(AttributeValue.fromB(element)));
            case M -> only(Kind.MAP, SeenMaps.of(value.m()));
            case NUL -> NULL;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute type that the SDK doesn't know");
        };
    }

    SeenValues and(SeenValues other) {
        Map<Kind, Seen> both = new EnumMap<>(Kind.class);
        both.putAll(kinds);
        other.kinds.forEach((kind, seen) -> both.merge(kind, seen, Seen::and));
        return new SeenValues(absent || other.absent, both);
    }

    /** The type of all the values; a string's if there was none that tells. */
    LiveType type() {
        LiveType required = required();
        return absent ? required.optional() : required;
    }

    private LiveType required() {
        List<LiveType> types = kinds.values().stream().map(Seen::type).toList();
        return switch (types.size()) {
            case 0 -> ScalarType.STR;
            case 1 -> types.get(0);
            default -> new MixedType(types);
        };
    }

    private static SeenValues only(Kind kind, Seen seen) {
        return new SeenValues(false, Map.of(kind, seen));
    }

    private static <T> SeenValues list(List<T> elements, Function<T, SeenValues> seen) {
        return only(Kind.LIST, new Elements(elements.stream().map(seen).reduce(NOTHING, SeenValues::and)));
    }

    /**
     * Values of a type that has no parts.
     *
     * @param type their type
     */
    record Scalars(ScalarType type) implements Seen {
        @Override
        public Seen and(Seen other) {
            return this;
        }
    }

    /**
     * Lists and sets.
     *
     * @param elements what was seen of all their elements
     */
    record Elements(SeenValues elements) implements Seen {
        @Override
        public Seen and(Seen other) {
            return new Elements(elements.and(((Elements) other).elements));
        }

        @Override
        public LiveType type() {
            // Lists that were all empty, like values that were all absent, say nothing of what else may come.
            return new ListType(elements.equals(NOTHING) ? NULL.type() : elements.type());
        }
    }
}
