package dev.dynamirror.read;

import dev.dynamirror.item.KeyAttribute;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Which items of a table are read: a segment of all of them by a Scan, or those of one partition key by a Query. */
public sealed interface ItemSelection extends Serializable {

    /** All items. */
    static ItemSelection all() {
        return new Segment(0, 1);
    }

    /**
     * One of several parts of the table that are about equally large; together they are the whole table, and no item is
     * in two of them.
     *
     * @param index which part it is, from 0
     * @param count how many parts there are
     * @throws IllegalArgumentException if there is no such part, or there are more than DynamoDB makes
     */
    static ItemSelection segment(int index, int count) {
        return new Segment(index, count);
    }

    /**
     * The items of that partition key, in the order of their sort keys.
     *
     * @throws IllegalArgumentException if the key is empty
     */
    static ItemSelection partition(KeyAttribute partitionKey) {
        return new Partition(KeyValue.of(partitionKey), null);
    }

    /**
     * The items of that partition key whose sort keys meet the condition, in the order of their sort keys.
     *
     * @throws IllegalArgumentException if the key is empty
     */
    static ItemSelection partition(KeyAttribute partitionKey, SortCondition sortKey) {
        return new Partition(KeyValue.of(partitionKey), sortKey);
    }

    /**
     * A part of the table.
     *
     * @param index which part it is, from 0
     * @param count how many parts there are, at most a million
     */
    record Segment(int index, int count) implements ItemSelection {

        private static final int MOST = 1_000_000;

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if there is no such part, or there are more than DynamoDB makes
         */
        public Segment {
            if (index < 0 || index >= count || count > MOST) {
                throw new IllegalArgumentException("there is no segment " + index + " of " + count
                        + "; they are counted from 0, and there are at most " + MOST);
            }
        }
    }

    /**
     * The items of one partition key.
     *
     * @param partitionKey its value
     * @param sortKey what is asked of the sort key, or null for all
     */
    record Partition(KeyValue partitionKey, @Nullable SortCondition sortKey) implements ItemSelection {

        /**
         * Checks the key.
         *
         * @throws IllegalArgumentException if it is empty, which DynamoDB would refuse
         */
        public Partition {
            if (partitionKey.text().isEmpty()) {
                throw new IllegalArgumentException("a partition key is never empty, so it can't be an empty value");
            }
        }
    }
}
