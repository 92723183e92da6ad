package dev.dynamirror.testkit.faulty;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random attributes and conditions, written with ' for ", the same for the same seed. */
final class RandomItems {

    private final Random random;

    RandomItems(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Up to four attributes out of a few names, with a comma before each. */
    String attributes() {
        return IntStream.range(0, 4)
                .filter(i -> random.nextInt(3) > 0)
                .mapToObj(i -> ", 'a" + i + "': " + value(3))
                .collect(Collectors.joining());
    }

    /** A ConditionExpression with its values. */
    String condition() {
        String one = comparison(":x");
        String other = comparison(":y");
        String expression = one(List.of("%s AND %s", "%s OR %s", "NOT %s AND %s", "(%s) OR NOT (%s)", "NOT (%s OR %s)"))
                .formatted(one, other);
        return "'ConditionExpression': '" + expression + "', 'ExpressionAttributeValues': {':x': " + value(0)
                + ", ':y': " + value(0) + "}";
    }

    private String comparison(String value) {
        String operator = one(List.of("=", "<>"));
        return one(List.of("a", "nil", "a")).replace("a", "a" + random.nextInt(4)) + " " + operator + " " + value;
    }

    /** Numbers within lists are as DynamoDB writes them, as DynamoDB Local leaves those as they are. */
    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> "{'S': '" + text() + "'}";
            case 1 -> "{'N': '" + (depth == 3 ? number() : Integer.toString(random.nextInt(1000) - 500)) + "'}";
            case 2 -> "{'B': '" + one(List.of("", "AA==", "AAEC", "/+8=")) + "'}";
            case 3 -> "{'BOOL': " + random.nextBoolean() + "}";
            case 4 -> "{'NULL': true}";
            case 5 -> "{'SS': ['" + text() + "-1', '" + text() + "-2']}";
            case 6 -> "{'NS': ['" + random.nextInt(10) + "', '-" + (1 + random.nextInt(10)) + "']}";
            case 7 -> "{'L': [" + value(depth - 1) + ", " + value(depth - 1) + "]}";
            default -> "{'M': {'" + text() + "m': " + value(depth - 1) + "}}";
        };
    }

    private String number() {
        String digits = Long.toString(random.nextLong())
                + random.nextInt(Integer.MAX_VALUE)
                + random.nextInt(Integer.MAX_VALUE);
        int length = 1 + random.nextInt(Math.min(38, digits.length()));
        String number = digits.substring(0, Math.max(length, 2));
        return switch (random.nextInt(4)) {
            case 0 -> number + "E" + (random.nextInt(300) - 150);
            case 1 -> number + "." + digits.substring(1, 1 + random.nextInt(5));
            case 2 -> number + "00000";
            default -> number;
        };
    }

    private String text() {
        return one(List.of("", "a", "é", "€uro", "😀", "x y", "0"));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
