package dev.dynamirror;

import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import dev.dynamirror.value.TupleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random schemas, and random values of them, that DynamoDB can store: the same ones for the same seed.
 *
 * <p>Extreme values, empty ones and absent ones are as frequent as ordinary ones. Values are of the classes that are
 * read, so that a value that was written and read is equal to itself; see {@link #comparable}.
 */
public final class RandomRows {

    private static final List<ScalarType> SCALARS = List.of(ScalarType.values());
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MOST_DIGITS = 38;

    private final SplittableRandom random;

    /** Everything that is made follows from the seed. */
    public RandomRows(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * A schema whose first column, {@code id int}, is fit for a key.
     *
     * @param depth how many types may stand in each other at most, beside an optional one
     */
    public Schema schema(int depth) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", ScalarType.INT));
        names(1 + random.nextInt(6)).stream()
                .filter(name -> !name.equals("id"))
                .forEach(name -> columns.add(new Column(name, type(1 + random.nextInt(depth)))));
        return new Schema(columns);
    }

    /** A type, perhaps an optional one. */
    public LiveType type(int depth) {
        LiveType type = required(depth);
        return random.nextInt(4) == 0 ? type.optional() : type;
    }

    /** A row with all columns; null for an absent value. */
    public Map<String, @Nullable Object> row(Schema schema) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        schema.columns().forEach(column -> row.put(column.name(), value(column.type())));
        return row;
    }

    /** A value of the type; null if it is absent. */
    public @Nullable Object value(LiveType type) {
        return type instanceof OptionalType optional
                ? random.nextInt(3) == 0 ? null : present(optional.required())
                : present(type);
    }

    /**
     * What tells whether two values of a type are the same: with contents for binaries, in which arrays don't show theirs,
     * and zero for negative zero, which DynamoDB does not keep.
     */
    public static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes " + Arrays.toString(bytes);
        }
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(comparable(element)));
            return elements;
        }
        if (value instanceof Tuple tuple) {
            return Tuple.of(comparable(tuple.toList()));
        }
        if (value instanceof dev.dynamirror.value.DoubleNdArray array) {
            return NdArray.of(
                    array.shape(),
                    Arrays.stream(array.elements())
                            .map(element -> element + 0.0)
                            .toArray());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((name, element) -> entries.put(name, comparable(element)));
            return entries;
        }
        return value;
    }

    private LiveType required(int depth) {
        if (depth <= 1) {
            return random.nextInt(8) == 0 ? decimalType() : SCALARS.get(random.nextInt(SCALARS.size()));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new ListType(type(depth - 1));
            case 1 ->
                new TupleType(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> type(depth - 1))
                        .toList());
            case 2 -> new MapType(type(depth - 1));
            case 3 ->
                new DocumentType(new Schema(names(1 + random.nextInt(3)).stream()
                        .map(name -> new Column(name, type(depth - 1)))
                        .toList()));
            case 4 -> random.nextBoolean() ? NdArrayType.INT : NdArrayType.FLOAT;
            default -> required(1);
        };
    }

    private LiveType decimalType() {
        int precision = 1 + random.nextInt(MOST_DIGITS);
        return new DecimalType(precision, random.nextInt(precision + 1));
    }

    private Set<String> names(int count) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            names.add(
                    switch (random.nextInt(4)) {
                        case 0 -> text(1 + random.nextInt(8));
                        case 1 -> "shape";
                        default -> "c" + random.nextInt(100);
                    });
        }
        return names;
    }

    private Object present(LiveType type) {
        return type.accept(new Values());
    }

    private final class Values implements LiveTypeVisitor<Object> {

        @Override
        public Object scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> random.nextBoolean();
                case INT -> integer();
                case FLOAT -> floating();
                case STR -> text(random.nextInt(12));
                case BYTES -> bytes(random.nextInt(12));
                case DATETIME_NAIVE -> LocalDateTime.ofEpochSecond(second(), nanos(), ZoneOffset.UTC);
                case DATETIME_UTC -> Instant.ofEpochSecond(second(), nanos());
                case DATE -> LocalDate.ofEpochDay(Math.floorDiv(second(), 86_400));
                case TIME -> LocalTime.of(random.nextInt(24), random.nextInt(60), random.nextInt(60), nanos());
                case DURATION -> Duration.ofSeconds(integer(), nanos());
                case JSON -> Json.parse(json(3));
                case POINTER -> new Pointer(integer(), integer());
                case OBJECT -> ObjectWrapper.of(object());
            };
        }

        @Override
        public Object decimal(DecimalType type) {
            int digits = random.nextInt(type.precision() + 1);
            StringBuilder number = new StringBuilder("0");
            for (int i = 0; i < digits; i++) {
                number.append(random.nextInt(4) == 0 ? 9 : random.nextInt(10));
            }
            BigInteger unscaled = new BigInteger(number.toString());
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
        }

        @Override
        public Object ndArray(NdArrayType type) {
            long[] shape = random.longs(random.nextInt(4), 0, 4).toArray();
            int size = (int) Arrays.stream(shape).reduce(1, (left, right) -> left * right);
            return type == NdArrayType.INT
                    ? NdArray.of(
                            shape,
                            IntStream.range(0, size).mapToLong(i -> integer()).toArray())
                    : NdArray.of(
                            shape,
                            IntStream.range(0, size)
                                    .mapToDouble(i -> floating())
                                    .toArray());
        }

        @Override
        public Object list(ListType type) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int size = random.nextInt(4); size > 0; size--) {
                elements.add(value(type.element()));
            }
            return elements;
        }

        @Override
        public Object tuple(TupleType type) {
            return Tuple.of(type.elements().stream().map(RandomRows.this::value).toArray());
        }

        @Override
        public Object map(MapType type) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int size = random.nextInt(4); size > 0; size--) {
                map.put(text(1 + random.nextInt(6)), value(type.value()));
            }
            return map;
        }

        @Override
        public Object document(DocumentType type) {
            return row(type.fields());
        }

        @Override
        public Object mixed(MixedType type) {
            return present(
                    type.alternatives().get(random.nextInt(type.alternatives().size())));
        }

        @Override
        public Object optional(OptionalType type) {
            return present(type.required());
        }
    }

    private long integer() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            case 3 -> random.nextInt(-3, 4);
            default -> random.nextLong(-1_000_000, 1_000_001);
        };
    }

    private double floating() {
        return switch (random.nextInt(6)) {
            case 0 -> {
                long exponent = 1023 + random.nextLong(-430, 418);
                yield Double.longBitsToDouble((random.nextLong() & 0x800F_FFFF_FFFF_FFFFL) | (exponent << 52));
            }
            case 1 -> random.nextLong();
            case 2 -> random.nextInt(-1_000_000, 1_000_000) / Math.pow(10, random.nextInt(12));
            case 3 -> 1E-130;
            case 4 -> Math.nextDown(1E126);
            default -> -0.0;
        };
    }

    private long second() {
        return switch (random.nextInt(4)) {
            case 0 -> FIRST_SECOND;
            case 1 -> LAST_SECOND;
            default -> random.nextLong(FIRST_SECOND, LAST_SECOND + 1);
        };
    }

    private int nanos() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 999_999_999;
            case 2 -> random.nextInt(1000) * 1_000_000;
            default -> random.nextInt(1_000_000_000);
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Characters of one to four bytes, and those that JSON writes in another way. */
    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> "\"\\/,<>{}[]().?#:'".codePointAt(random.nextInt(17));
                        case 1 -> random.nextInt(0x20);
                        case 2 -> random.nextInt(0x80, 0xd800);
                        case 3 -> random.nextInt(0xe000, 0x10000);
                        case 4 -> random.nextInt(0x10000, 0x110000);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    private Object object() {
        return switch (random.nextInt(4)) {
            case 0 -> integer();
            case 1 -> text(random.nextInt(12));
            case 2 -> bytes(random.nextInt(12));
            default -> List.of(integer(), Map.of(text(3), floating()));
        };
    }

    private String json(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 ->
                BigInteger.valueOf(integer()).multiply(BigInteger.valueOf(integer())) + "." + random.nextInt(1000);
            case 3 -> integer() + "E" + random.nextInt(-500, 500);
            case 4 -> jsonString();
            case 5 ->
                "["
                        + String.join(
                                " , ",
                                IntStream.range(0, random.nextInt(4))
                                        .mapToObj(i -> json(depth - 1))
                                        .toList())
                        + " ]";
            default ->
                "{ "
                        + String.join(
                                ",",
                                IntStream.range(0, random.nextInt(4))
                                        .mapToObj(i -> jsonString() + " : " + json(depth - 1))
                                        .toList())
                        + "}";
        };
    }

    private String jsonString() {
        StringBuilder escaped = new StringBuilder("\"");
        text(random.nextInt(6)).chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(8) == 0) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.append('"').toString();
    }
}
