package dev.dynamirror.value;

/**
 * What is to be done for each kind of type, so that none is forgotten.
 *
 * @param <R> the result
 */
public interface LiveTypeVisitor<R> {

    /** For a type that one DynamoDB scalar stores. */
    R scalar(ScalarType type);

    /** For a decimal. */
    R decimal(DecimalType type);

    /** For an n-dimensional array. */
    R ndArray(NdArrayType type);

    /** For a list. */
    R list(ListType type);

    /** For a tuple. */
    R tuple(TupleType type);

    /** For a map. */
    R map(MapType type);

    /** For a document with named fields. */
    R document(DocumentType type);

    /** For a type whose values are of several types. */
    R mixed(MixedType type);

    /** For a type whose values may be absent. */
    R optional(OptionalType type);
}
