package dev.dynamirror.value;

import java.io.Serializable;

/**
 * The type of a live table's column, or of what is nested in one.
 *
 * <p>Each type has one Java class for its values, and one form in DynamoDB.
 */
public sealed interface LiveType extends Serializable
        permits ScalarType,
                DecimalType,
                NdArrayType,
                ListType,
                TupleType,
                MapType,
                DocumentType,
                MixedType,
                OptionalType {

    /**
     * Reads a type from its text, as {@link Schema#parse} does: {@code int}, {@code list<str?>}.
     *
     * @throws dev.dynamirror.error.MirrorException if the text is no type; the message says where and what was expected
     */
    static LiveType parse(String text) {
        return new SchemaParser(text).parseType();
    }

    /** Calls the method of the visitor that is for this type. */
    <R> R accept(LiveTypeVisitor<R> visitor);

    /** This type without absence: {@code int} for {@code int?}, itself for a type that is never absent. */
    default LiveType required() {
        return this;
    }

    /** This type with absence allowed: {@code int?} for {@code int}. */
    default LiveType optional() {
        return new OptionalType(this);
    }

    /** Whether a value of this type may be absent, which DynamoDB stores as {@code {"NULL": true}}. */
    default boolean isOptional() {
        return false;
    }

    /** How many lists and maps of DynamoDB stand around the innermost value: 0 for a scalar, 1 for a list of those. */
    default int nesting() {
        return 0;
    }

    /** Whether a value of this type, or one that is nested in it, may be of several types. */
    default boolean isMixed() {
        return false;
    }

    /** The type as schemas write it: {@code int}, {@code list<str?>}. */
    @Override
    String toString();
}
