package dev.dynamirror.item;

import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The DynamoDB types that a key attribute can have; there are no others. */
public enum KeyType {
    /** String. */
    S,
    /** Number. */
    N,
    /** Binary. */
    B;

    /** The type of a key that holds values of that live type; empty if they can't be keys. */
    public static Optional<KeyType> of(LiveType type) {
        // Optional types are no scalars: a key is never absent.
        if (type instanceof DecimalType) {
            return Optional.of(N);
        }
        if (!(type instanceof ScalarType scalar)) {
            return Optional.empty();
        }
        return switch (scalar) {
            case BOOL -> Optional.empty();
            case INT, FLOAT, DURATION -> Optional.of(N);
            case STR, DATETIME_NAIVE, DATETIME_UTC, DATE, TIME, JSON, POINTER -> Optional.of(S);
            case BYTES, OBJECT -> Optional.of(B);
        };
    }

    /** The live types that can be keys, as text for errors: {@code int, float, …}. */
    public static String liveTypes() {
        return Stream.concat(
                        Arrays.stream(ScalarType.values())
                                .filter(type -> of(type).isPresent())
                                .map(ScalarType::toString),
                        Stream.of("decimal"))
                .collect(Collectors.joining(", "));
    }
}
