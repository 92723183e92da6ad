package dev.dynamirror.item;

/**
 * What becomes of a number that no DynamoDB number can be: with more than 38 digits, beyond 9.99…E+125, nearer to zero
 * than 1E-130, no number or infinite.
 */
public enum UnstorableNumbers {
    /** Its row is a bad row. */
    BAD_ROW,
    /** It is stored as a string, in plain digits; never in a key, whose type can't change. */
    AS_STRING
}
