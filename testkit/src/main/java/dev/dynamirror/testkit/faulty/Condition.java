package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ConditionExpression or FilterExpression. */
@FunctionalInterface
interface Condition {

    Condition ALWAYS = item -> true;

    /** Whether it holds for an item; one without attributes stands for one that is not there. */
    boolean holds(ObjectNode item);

    /** The expression that a request has under this name; if none, one that always holds. */
    static Condition of(ObjectNode request, String name, Placeholders placeholders) {
        String expression = Json.optionalText(request, name);
        return expression == null ? ALWAYS : new Parser(name, expression, placeholders).parse();
    }

    /** Like {@link #of}, but refuses an expression that uses one of these attributes. */
    static Condition filter(ObjectNode request, Placeholders placeholders, KeySchema forbidden) {
        String expression = Json.optionalText(request, "FilterExpression");
        if (expression == null) {
            return ALWAYS;
        }
        Parser parser = new Parser("FilterExpression", expression, placeholders);
        Condition condition = parser.parse();
        for (Path path : parser.paths) {
            if (forbidden.has(path.attribute())) {
                throw Refusal.invalid("Filter Expression can only contain non-primary key attributes: Primary key"
                        + " attribute: " + path.attribute());
            }
        }
        return condition;
    }

    /** Something that is compared. */
    @FunctionalInterface
    interface Operand {
        @Nullable
        JsonNode of(ObjectNode item);
    }

    /**
     * A value that the request gives.
     *
     * @param value the value
     */
    record Given(ObjectNode value) implements Operand {
        @Override
        public JsonNode of(ObjectNode item) {
            return value;
        }
    }

    /** Reads an expression. */
    final class Parser {

        private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
        private static final Set<String> AFTER_OPERAND = Set.of("=", "<>", "<", "<=", ">", ">=", "BETWEEN", "IN");

        private final Tokens tokens;
        private final Placeholders placeholders;
        private final List<Path> paths = new ArrayList<>();
        private int lastOpen = -1;
        private int lastClose = -1;

        Parser(String kind, String expression, Placeholders placeholders) {
            this.tokens = new Tokens(kind, expression);
            this.placeholders = placeholders;
        }

        Condition parse() {
            Condition condition = or();
            tokens.expectEnd();
            return condition;
        }

        private Condition or() {
            Condition left = and();
            while (tokens.tookIf("OR")) {
                Condition first = left;
                Condition second = and();
                left = item -> first.holds(item) || second.holds(item);
            }
            return left;
        }

        private Condition and() {
            Condition left = not();
            while (tokens.tookIf("AND")) {
                Condition first = left;
                Condition second = not();
                left = item -> first.holds(item) && second.holds(item);
            }
            return left;
        }

        private Condition not() {
            if (tokens.tookIf("NOT")) {
                Condition negated = not();
                return item -> !negated.holds(item);
            }
            if (tokens.at("(") && !AFTER_OPERAND.contains(tokens.afterParentheses())) {
                return inParentheses();
            }
            return tokens.atFunction() && !tokens.peek().equals("size") ? function() : comparison();
        }

        private Condition inParentheses() {
            int open = tokens.position();
            tokens.expect("(");
            Condition inner = or();
            if (lastOpen == open + 1 && lastClose == tokens.position() - 1) {
                throw tokens.invalid("The expression has redundant parentheses;");
            }
            lastOpen = open;
            lastClose = tokens.position();
            tokens.expect(")");
            return inner;
        }

        private Condition comparison() {
            Operand left = operand();
            if (tokens.tookIf("BETWEEN")) {
                Operand low = ordered("BETWEEN", operand());
                tokens.expect("AND");
                Operand high = ordered("BETWEEN", operand());
                checkDistinct("BETWEEN", left, low);
                checkDistinct("BETWEEN", left, high);
                checkBounds(low, high);
                return item -> Values.compare(left.of(item), ">=", low.of(item))
                        && Values.compare(left.of(item), "<=", high.of(item));
            }
            if (tokens.tookIf("IN")) {
                List<Operand> choices = new ArrayList<>();
                tokens.expect("(");
                do {
                    choices.add(operand());
                    checkDistinct("IN", left, choices.get(choices.size() - 1));
                } while (tokens.tookIf(","));
                tokens.expect(")");
                return item -> choices.stream().anyMatch(choice -> Values.compare(left.of(item), "=", choice.of(item)));
            }
            if (!COMPARATORS.contains(tokens.peek())) {
                throw tokens.unexpected();
            }
            String operator = tokens.take();
            Operand right = operand();
            checkDistinct(operator, left, right);
            if (!operator.equals("=") && !operator.equals("<>")) {
                ordered(operator, left);
                ordered(operator, right);
            }
            return item -> Values.compare(left.of(item), operator, right.of(item));
        }

        private void checkDistinct(String operator, Operand first, Operand other) {
            if (first instanceof Attribute && first.equals(other)) {
                throw tokens.invalid("The first operand must be distinct from the remaining operands for this operator"
                        + " or function; operator: " + operator);
            }
        }

        private void checkBounds(Operand low, Operand high) {
            if (low instanceof Given least && high instanceof Given most) {
                if (!Values.type(least.value).equals(Values.type(most.value))) {
                    throw tokens.invalid("The BETWEEN operator requires same data type for lower and upper bounds;");
                }
                if (Values.compare(least.value, ">", most.value)) {
                    throw tokens.invalid("The BETWEEN operator requires upper bound to be greater than or equal to"
                            + " lower bound;");
                }
            }
        }

        private Operand ordered(String operator, Operand operand) {
            if (operand instanceof Given given && !Values.isOrdered(given.value)) {
                throw wrongType(operator, given);
            }
            return operand;
        }

        private Refusal wrongType(String operator, Given given) {
            return tokens.invalid("Incorrect operand type for operator or function; operator or function: " + operator
                    + ", operand type: " + Values.type(given.value));
        }

        private Condition function() {
            String name = tokens.take();
            tokens.expect("(");
            Condition condition = switch (name) {
                case "attribute_exists" -> {
                    Path path = path();
                    yield item -> path.of(item) != null;
                }
                case "attribute_not_exists" -> {
                    Path path = path();
                    yield item -> path.of(item) == null;
                }
                case "attribute_type" -> {
                    Path path = path();
                    tokens.expect(",");
                    String type = type(operand());
                    yield item -> {
                        JsonNode value = path.of(item);
                        return value != null && Values.type(value).equals(type);
                    };
                }
                case "begins_with" -> {
                    Operand value = text(operand());
                    tokens.expect(",");
                    Operand prefix = text(operand());
                    checkDistinct(name, value, prefix);
                    yield item -> Values.beginsWith(value.of(item), prefix.of(item));
                }
                case "contains" -> {
                    Operand value = operand();
                    tokens.expect(",");
                    Operand content = operand();
                    checkDistinct(name, value, content);
                    yield item -> Values.contains(value.of(item), content.of(item));
                }
                default -> throw tokens.invalid("Invalid function name; function: " + name);
            };
            tokens.expect(")");
            return condition;
        }

        private Operand text(Operand operand) {
            if (operand instanceof Given given && !given.value.has("S") && !given.value.has("B")) {
                throw wrongType("begins_with", given);
            }
            return operand;
        }

        private String type(Operand operand) {
            if (operand instanceof Given given && given.value.has("S")) {
                String type = given.value.get("S").textValue();
                if (Set.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS")
                        .contains(type)) {
                    return type;
                }
                throw tokens.invalid("Invalid attribute type name found; type: " + type);
            }
            throw tokens.invalid(
                    "Incorrect operand type for operator or function; operator or function:" + " attribute_type");
        }

        private Operand operand() {
            if (tokens.tookIf("(")) {
                Operand operand = operand();
                tokens.expect(")");
                return operand;
            }
            if (tokens.peek().startsWith(":")) {
                return new Given(placeholders.value(tokens.take()));
            }
            if (tokens.atFunction() && tokens.peek().equals("size")) {
                tokens.take();
                tokens.expect("(");
                Operand of = operand();
                tokens.expect(")");
                return item -> Values.size(of.of(item));
            }
            Path path = path();
            return new Attribute(path);
        }

        private Path path() {
            Path path = Path.read(tokens, placeholders);
            paths.add(path);
            return path;
        }

        /**
         * What the item has at a path.
         *
         * @param path the path
         */
        private record Attribute(Path path) implements Operand {
            @Override
            public @Nullable JsonNode of(ObjectNode item) {
                return path.of(item);
            }
        }
    }
}
