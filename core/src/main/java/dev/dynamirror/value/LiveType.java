package dev.dynamirror.value;

import java.io.Serializable;

/** The type of a live table's column. */
public sealed interface LiveType extends Serializable permits ScalarType, OptionalType {

    /** This type without absence: {@code int} for {@code int?}, itself for a type that is never absent. */
    LiveType required();

    /** This type with absence allowed: {@code int?} for {@code int}. */
    LiveType optional();

    /** Whether a value of this type may be absent, which DynamoDB stores as {@code {"NULL": true}}. */
    boolean isOptional();

    /** The type as schemas write it: {@code int}, {@code str?}. */
    @Override
    String toString();
}
