package dev.dynamirror.read;

import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a Query asks of the sort key.
 *
 * @param operator how the sort key is compared
 * @param values with what: as many as the operator takes, none of them empty
 */
public record SortCondition(Operator operator, List<KeyValue> values) implements Serializable {

    /** How a sort key is compared. */
    public enum Operator {
        /** The sort key is the value. */
        EQUAL("#s = :s0", 1),
        /** The sort key is less than the value. */
        LESS("#s < :s0", 1),
        /** The sort key is the value or less. */
        AT_MOST("#s <= :s0", 1),
        /** The sort key is greater than the value. */
        GREATER("#s > :s0", 1),
        /** The sort key is the value or greater. */
        AT_LEAST("#s >= :s0", 1),
        /** The sort key is the first value, the second, or between them. */
        BETWEEN("#s BETWEEN :s0 AND :s1", 2),
        /** The sort key, a string or binary, begins with the value. */
        BEGINS_WITH("begins_with(#s, :s0)", 1);

        /** With {@code #s} for the sort key and {@code :s0}, {@code :s1} for the values. */
        final String expression;

        private final int operands;

        Operator(String expression, int operands) {
            this.expression = expression;
            this.operands = operands;
        }
    }

    /**
     * Checks the values for what DynamoDB would refuse.
     *
     * @throws IllegalArgumentException if there are more or fewer than the operator takes, one is empty, a number is to
     *     begin with another, or the lower end of a range is above the upper one
     */
    public SortCondition {
        values = List.copyOf(values);
        if (values.size() != operator.operands) {
            throw new IllegalArgumentException(
                    operator + " takes " + operator.operands + " values, not " + values.size());
        }
        if (values.stream().anyMatch(value -> value.text().isEmpty())) {
            throw new IllegalArgumentException(
                    "a sort key is never empty, so it can't be compared with an empty value");
        }
        if (operator == Operator.BEGINS_WITH && values.get(0).type() == KeyType.N) {
            throw new IllegalArgumentException("a number doesn't begin with another");
        }
        if (operator == Operator.BETWEEN && isAbove(values.get(0), values.get(1))) {
            throw new IllegalArgumentException(
                    "the lower end of the range, " + values.get(0) + ", is above the upper one, " + values.get(1));
        }
    }

    /**
     * A condition with key values.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static SortCondition of(Operator operator, KeyAttribute... values) {
        return new SortCondition(
                operator, Arrays.stream(values).map(KeyValue::of).toList());
    }

    private static boolean isAbove(KeyValue lower, KeyValue upper) {
        return KeyOrder.INSTANCE.compare(lower.attributeValue(), upper.attributeValue()) > 0;
    }
}
