package dev.dynamirror.item;

import java.util.Locale;

/**
 * What becomes of a number that no DynamoDB number can be: with more than 38 digits, beyond 9.99…E+125, nearer to zero
 * than 1E-130, no number or infinite.
 */
public enum UnstorableNumbers {
    /** Its row is a bad row. */
    BAD_ROW,
    /** It is stored as a string, in plain digits; never in a key, whose type can't change. */
    AS_STRING;

    /** The word for it in SQL and on the command line, like {@code as-string}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
