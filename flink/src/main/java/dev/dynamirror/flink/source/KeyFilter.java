package dev.dynamirror.flink.source;

import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.item.JavaValues;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.read.SortCondition;
import dev.dynamirror.read.SortCondition.Operator;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.jspecify.annotations.Nullable;

/**
 * What of a query's filters a Query of DynamoDB does: that the partition key is a value, and one condition on the sort
 * key.
 *
 * <p>Only for types whose values have one form in DynamoDB, and the same order there as in Flink: a datetime may be stored
 * with or without its fraction digits, and would be missed.
 *
 * @param accepted the filters that the Query does, fully
 * @param left the others
 * @param selection what is queried, or null if nothing can be
 */
record KeyFilter(
        List<ResolvedExpression> accepted, List<ResolvedExpression> left, ItemSelection.@Nullable Partition selection) {

    private static final int MAX_PARTITION_KEY_BYTES = 2048;

    static KeyFilter of(ReadPlan plan, List<ResolvedExpression> filters) {
        KeyFilter nothing = new KeyFilter(List.of(), filters, null);
        if (plan.key().isEmpty()) {
            return nothing;
        }
        String partition = plan.key().get(0);
        for (ResolvedExpression filter : filters) {
            Optional<Comparison> equality =
                    Comparison.of(plan, filter).filter(found -> found.isOf(partition, Operator.EQUAL));
            // An empty key, or one that is too long, is never there; DynamoDB would refuse to look for it.
            if (equality.isPresent() && canBeKey(equality.get().value())) {
                return withSortKey(plan, filters, filter, equality.get().value());
            }
        }
        return nothing;
    }

    private static KeyFilter withSortKey(
            ReadPlan plan, List<ResolvedExpression> filters, ResolvedExpression equality, KeyAttribute partition) {
        List<ResolvedExpression> accepted = new ArrayList<>(List.of(equality));
        SortCondition condition = null;
        if (plan.key().size() > 1) {
            String sortKey = plan.key().get(1);
            for (ResolvedExpression filter : filters) {
                List<Comparison> comparisons = parts(filter)
                        .map(part -> Comparison.of(plan, part)
                                .filter(found -> found.column().equals(sortKey)))
                        .flatMap(Optional::stream)
                        .toList();
                if (condition == null && comparisons.size() == parts(filter).count()) {
                    condition = condition(comparisons);
                    if (condition != null) {
                        accepted.add(filter);
                    }
                }
            }
        }
        List<ResolvedExpression> left =
                filters.stream().filter(filter -> !accepted.contains(filter)).toList();
        ItemSelection selection =
                condition == null ? ItemSelection.partition(partition) : ItemSelection.partition(partition, condition);
        return new KeyFilter(accepted, left, (ItemSelection.Partition) selection);
    }

    private static boolean canBeKey(KeyAttribute value) {
        return value.size() > 0 && value.size() <= MAX_PARTITION_KEY_BYTES;
    }

    /** What is joined by AND. */
    private static Stream<ResolvedExpression> parts(ResolvedExpression filter) {
        return filter instanceof CallExpression call && call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND
                ? call.getResolvedChildren().stream().flatMap(KeyFilter::parts)
                : Stream.of(filter);
    }

    /** The comparisons as one condition, if DynamoDB has such a one. */
    private static @Nullable SortCondition condition(List<Comparison> comparisons) {
        try {
            if (comparisons.size() == 1) {
                Comparison only = comparisons.get(0);
                return SortCondition.of(only.operator(), only.value());
            }
            if (comparisons.size() == 2) {
                Optional<Comparison> lower = first(comparisons, Operator.AT_LEAST);
                Optional<Comparison> upper = first(comparisons, Operator.AT_MOST);
                if (lower.isPresent() && upper.isPresent()) {
                    return SortCondition.of(
                            Operator.BETWEEN, lower.get().value(), upper.get().value());
                }
            }
        } catch (IllegalArgumentException e) {
            // DynamoDB would refuse it: an empty string, or a range without anything in it.
        }
        return null;
    }

    private static Optional<Comparison> first(List<Comparison> comparisons, Operator operator) {
        return comparisons.stream()
                .filter(comparison -> comparison.operator() == operator)
                .findFirst();
    }

    /**
     * A column compared with a value.
     *
     * @param column the column's name
     * @param operator how it is compared
     * @param value with what
     */
    private record Comparison(String column, Operator operator, KeyAttribute value) {

        boolean isOf(String name, Operator wanted) {
            return column.equals(name) && operator == wanted;
        }

        static Optional<Comparison> of(ReadPlan plan, ResolvedExpression expression) {
            if (!(expression instanceof CallExpression call)
                    || call.getResolvedChildren().size() != 2) {
                return Optional.empty();
            }
            ResolvedExpression left = call.getResolvedChildren().get(0);
            ResolvedExpression right = call.getResolvedChildren().get(1);
            Optional<Operator> operator = operator(call.getFunctionDefinition());
            if (operator.isEmpty()) {
                return Optional.empty();
            }
            if (left instanceof FieldReferenceExpression field && right instanceof ValueLiteralExpression literal) {
                return of(plan, field, operator.get(), literal);
            }
            if (right instanceof FieldReferenceExpression field && left instanceof ValueLiteralExpression literal) {
                return of(plan, field, turned(operator.get()), literal);
            }
            return Optional.empty();
        }

        private static Optional<Comparison> of(
                ReadPlan plan, FieldReferenceExpression field, Operator operator, ValueLiteralExpression literal) {
            LiveType type =
                    plan.schema().column(field.getName()).orElseThrow().type().required();
            Class<?> javaClass = literal.getOutputDataType().getConversionClass();
            boolean isPadded = field.getOutputDataType().getLogicalType().is(LogicalTypeRoot.CHAR);
            if (isPadded || literal.isNull() || !isExact(type, operator)) {
                return Optional.empty();
            }
            return literal.getValueAs(javaClass)
                    .flatMap(value -> key(type, value))
                    .map(key -> new Comparison(field.getName(), operator, key));
        }

        /** Whether equal values are stored alike; and are in one order, if that is asked for. */
        private static boolean isExact(LiveType type, Operator operator) {
            if (type == ScalarType.BYTES || type == ScalarType.POINTER) {
                return operator == Operator.EQUAL;
            }
            return type == ScalarType.INT || type == ScalarType.STR || type instanceof DecimalType;
        }

        private static Optional<KeyAttribute> key(LiveType type, Object value) {
            try {
                Object live = type == ScalarType.POINTER && value instanceof String text ? Pointer.parse(text) : value;
                return Optional.of(JavaValues.keys(type).apply(live));
            } catch (IllegalValueException | IllegalArgumentException e) {
                // Not of the column's type: Flink compares it in its own way.
                return Optional.empty();
            }
        }

        private static Optional<Operator> operator(FunctionDefinition function) {
            if (function == BuiltInFunctionDefinitions.EQUALS) {
                return Optional.of(Operator.EQUAL);
            }
            if (function == BuiltInFunctionDefinitions.LESS_THAN) {
                return Optional.of(Operator.LESS);
            }
            if (function == BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL) {
                return Optional.of(Operator.AT_MOST);
            }
            if (function == BuiltInFunctionDefinitions.GREATER_THAN) {
                return Optional.of(Operator.GREATER);
            }
            if (function == BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL) {
                return Optional.of(Operator.AT_LEAST);
            }
            return Optional.empty();
        }

        /** The operator when its two sides have changed places. */
        private static Operator turned(Operator operator) {
            return switch (operator) {
                case LESS -> Operator.GREATER;
                case AT_MOST -> Operator.AT_LEAST;
                case GREATER -> Operator.LESS;
                case AT_LEAST -> Operator.AT_MOST;
                case EQUAL, BETWEEN, BEGINS_WITH -> operator;
            };
        }
    }
}
