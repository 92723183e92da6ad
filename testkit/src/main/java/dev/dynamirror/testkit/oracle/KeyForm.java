package dev.dynamirror.testkit.oracle;

/** The form of a script's keys. */
public enum KeyForm {
    /** A partition key that is a string. */
    STRING,
    /** A partition key that is a number. */
    NUMBER,
    /** A partition key that is a string, and a sort key that is a number. */
    STRING_AND_SORT,
    /** A partition key and a sort key that are numbers. */
    NUMBER_AND_SORT;

    private static final int SORTS_IN_PARTITION = 10;

    RowKey key(int index) {
        long partition = index / SORTS_IN_PARTITION;
        long sort = index % SORTS_IN_PARTITION;
        return switch (this) {
            case STRING -> new RowKey("k" + index, null);
            case NUMBER -> new RowKey((long) index, null);
            case STRING_AND_SORT -> new RowKey("p" + partition, sort);
            case NUMBER_AND_SORT -> new RowKey(partition, sort);
        };
    }
}
